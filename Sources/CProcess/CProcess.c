#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

// Only async-signal-safe calls: the parent may have other threads.
static void become(const struct cprocess_request *request, int report, pid_t parent) {
  setpgid(0, 0);
  struct sigaction plain = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) {
    struct sigaction current;
    // nohup is meant for the children, too.
    if (number == SIGHUP && sigaction(number, NULL, &current) == 0 && current.sa_handler == SIG_IGN) continue;
    sigaction(number, &plain, NULL);
  }
  int failed = 0;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) failed = errno;
  // The parent may have died before prctl.
  if (!failed && getppid() != parent) failed = ESRCH;
  if (!failed && dup2(request->input, 0) < 0) failed = errno;
  if (!failed && dup2(request->output, 1) < 0) failed = errno;
  if (!failed && dup2(request->error, 2) < 0) failed = errno;
  // What others opened without O_CLOEXEC is no business of the child's. An old kernel refuses, which does no harm.
  close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  for (int index = 0; index < 2 && !failed; index++) {
    if (request->kept[index] >= 0 && fcntl(request->kept[index], F_SETFD, 0) < 0) failed = errno;
  }
  if (!failed) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(request->path, request->arguments, request->environment);
    failed = errno;
  }
  ssize_t ignored = write(report, &failed, sizeof failed);
  (void)ignored;
  _exit(127);
}

int cprocess_start(const struct cprocess_request *request, int *pid) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return errno;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  pid_t child = fork();
  int failed = child < 0 ? errno : 0;
  if (child == 0) become(request, report[1], parent);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  if (child > 0) {
    // The end of input says that exec closed the other end.
    ssize_t got;
    do got = read(report[0], &failed, sizeof failed);
    while (got < 0 && errno == EINTR);
    if (got == 0) failed = 0;
    if (failed) {
      int status;
      while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    }
    *pid = child;
  }
  close(report[0]);
  return failed;
}

int cprocess_pipe(int *reader, int *writer, int capacity) {
  int ends[2];
  // One call: a fork on another thread between two would inherit the ends, and hold the pipe open.
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  if (capacity > 0) fcntl(ends[0], F_SETPIPE_SZ, capacity);
  *reader = ends[0];
  *writer = ends[1];
  return 0;
}

int cprocess_watch(int pid) { return pidfd_open(pid, 0); }

int cprocess_reap(int pid, int *value) {
  int status;
  pid_t ended;
  do ended = waitpid(pid, &status, WNOHANG);
  while (ended < 0 && errno == EINTR);
  if (ended == 0) return 0;
  if (ended < 0) {
    // Someone else reaped it: nothing is known of its success.
    *value = SIGKILL;
    return 2;
  }
  if (WIFEXITED(status)) {
    *value = WEXITSTATUS(status);
    return 1;
  }
  *value = WTERMSIG(status);
  return 2;
}

void cprocess_block_signals(void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);
}

int cprocess_interrupts(void) {
  sigset_t wanted;
  sigemptyset(&wanted);
  // What a parent made us ignore (nohup, a shell's background job) stays ignored.
  const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  for (int index = 0; index < 3; index++) {
    struct sigaction current;
    if (sigaction(numbers[index], NULL, &current) == 0 && current.sa_handler == SIG_IGN) continue;
    sigaddset(&wanted, numbers[index]);
  }
  if (pthread_sigmask(SIG_BLOCK, &wanted, NULL) != 0) return -1;
  return signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

int cprocess_next_interrupt(int fd) {
  struct signalfd_siginfo info;
  ssize_t got = read(fd, &info, sizeof info);
  return got == sizeof info ? (int)info.ssi_signo : 0;
}
