// Starting and reaping children. In C because nothing of Swift may run between fork and exec.
#pragma once

struct cprocess_request {
  const char *path;
  char *const *arguments;
  char *const *environment;
  // What becomes the child's descriptors 0, 1 and 2.
  int input, output, error;
  // Descriptors above 2 that stay open under their own numbers; -1 for none.
  int kept[2];
};

// Starts a child in a process group of its own, with default signals and an empty mask, which is killed when this
// thread's process dies. Returns 0 and the pid when the program was executed, else an errno.
int cprocess_start(const struct cprocess_request *request, int *pid);

// A pipe whose ends no child inherits: *reader and *writer. A capacity above 0 is asked for, and not insisted on.
// Returns 0 or an errno.
int cprocess_pipe(int *reader, int *writer, int capacity);

// A descriptor that becomes readable when the child ends, or -1 where the kernel has none.
int cprocess_watch(int pid);

// Whether the child has ended, without waiting: 0 not yet, 1 exited with *value, 2 killed by the signal *value.
int cprocess_reap(int pid, int *value);

// Blocks every signal in the calling thread: a helper thread leaves them to the main one, and gets EPIPE for SIGPIPE.
void cprocess_block_signals(void);

// Blocks SIGINT, SIGTERM and SIGHUP in the calling thread and gives a descriptor that reads them; -1 on failure.
int cprocess_interrupts(void);

// The next signal of such a descriptor, or 0.
int cprocess_next_interrupt(int fd);
