#!/usr/bin/env python3
"""Draws the top of a page of `trend-compute --html` as an SVG for README: trend_picture.py PAGE > SVG.

The charts and the colours are the page's own, byte for byte; the words beside them are those of its first table."""
import html, re, sys

page = open(sys.argv[1], encoding="utf-8").read()
style = re.search(r"<style>\n(.*?)</style>", page, re.S).group(1)
colours = "".join(re.findall(r"^:root.*\n|^@media\(prefers.*\n(?:.*}}\n)?", style, re.M))
charts = "".join(re.findall(r"^\.chart .*\n", style, re.M))
place = re.search(r"<h2>([^<]*)", page).group(1)
rows = re.findall(r"<tr><td.*?</tr>", page, re.S)[: int(sys.argv[2]) if len(sys.argv) > 2 else 8]
step, top, width = 68, 76, 860


def cells(row):
    plain = lambda text: html.unescape(re.sub(r"<[^>]*>", "", text))
    term, kind = re.search(r'<th scope="row">(.*?)<span class="also">(\w+)', row, re.S).groups()
    numbers = [plain(x) for x in re.findall(r'<td class="n">(.*?)</td>', row)]
    stage = re.search(r'class="stage (\w+)"', row).group(1)
    windows = re.findall(r'</svg><span class="also">(.*?)</span>', row)[0]
    return plain(term), kind, numbers, stage, windows, re.search(r"<svg.*?</svg>", row, re.S).group(0)


def text(x, y, words, role="", anchor="start"):
    return f'<text x="{x}" y="{y}" class="{role}" text-anchor="{anchor}">{html.escape(words)}</text>\n'


out = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top + step * len(rows)}" font-family="system-ui,sans-serif" font-size="15">\n'
out += f"<style>\n{colours}{charts}text{{fill:var(--ink)}}.soft{{fill:var(--soft);font-size:12.5px}}.name{{font-weight:600}}\n"
out += ".new,.rising,.returning{fill:var(--accent)}.peak{fill:var(--warm)}.fading{fill:var(--soft)}\n</style>\n"
out += f'<rect width="100%" height="100%" rx="10" fill="var(--card)"/>\n' + text(24, 34, "What trended: " + place.lower(), "name")
for x, head, anchor in [(24, "Term", "start"), (300, "Users", "end"), (390, "Expected", "end"), (490, "p", "end"), (515, "Last stage", "start"), (605, "Users and expected", "start")]:
    out += text(x, 62, head, "soft", anchor)
for number, row in enumerate(rows):
    term, kind, numbers, stage, windows, chart = cells(row)
    y = top + step * number
    out += f'<path d="M0 {y}H{width}" stroke="var(--line)"/>\n' + text(24, y + 30, term, "name") + text(24, y + 50, kind, "soft")
    for x, number in zip((300, 390, 490), numbers):
        out += text(x, y + 30, number, "", "end")
    out += text(515, y + 30, stage, stage) + text(515, y + 50, windows, "soft")
    out += chart.replace("<svg ", f'<svg x="605" y="{y + 6}" width="240" height="56" ', 1) + "\n"
print(out + "</svg>")
