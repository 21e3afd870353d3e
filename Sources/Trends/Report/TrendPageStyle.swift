/// How the page looks: nothing is loaded from anywhere, light and dark as the reader's system has it.
enum TrendPageStyle {
  static let css: StaticString = """
    :root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1d2126;--soft:#616a75;--line:#e4e1db;--accent:#0a6ebd;\
    --warm:#b4570c}
    @media(prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1b1f24;--ink:#e6e8ea;--soft:#98a2ad;--line:#2e343b;\
    --accent:#62b4f5;--warm:#f0a55c}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:76rem;padding:2rem 1rem 4rem;background:var(--paper);color:var(--ink);\
    font:15px/1.5 system-ui,sans-serif}
    h1{margin:0 0 .25rem;font-size:1.8rem;line-height:1.2}
    h2{margin:2.5rem 0 .75rem;font-size:1.25rem}
    h2 small{font-weight:400;font-size:.85rem;color:var(--soft);margin-left:.5rem}
    p{margin:.25rem 0;max-width:60rem}
    a{color:var(--accent);text-decoration:none}a:hover,a:focus{text-decoration:underline}
    nav{margin:1.25rem 0 0;display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
    nav dt,nav b{font-weight:600}nav a{margin-right:.9rem;display:inline-block}
    .soft{color:var(--soft);font-size:.85rem}
    .wide{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
    table{border-collapse:collapse;width:100%}
    th,td{padding:.55rem .7rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
    thead th{border-top:0;color:var(--soft);font-size:.78rem;font-weight:600;white-space:nowrap}
    .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    tbody th{font-weight:600;min-width:10rem;max-width:20rem;overflow-wrap:anywhere}
    .also{display:block;font-weight:400;font-size:.82rem;color:var(--soft)}
    .when{white-space:nowrap;font-size:.88rem;font-variant-numeric:tabular-nums}
    .ids{font:.78rem/1.5 ui-monospace,monospace;white-space:nowrap}
    .ids a{display:block}
    .stage{display:inline-block;padding:0 .5rem;border:1px solid currentColor;border-radius:1rem;font-size:.78rem}
    .new,.rising,.returning{color:var(--accent)}.peak{color:var(--warm)}.fading{color:var(--soft)}
    .chart{display:block;width:240px;height:56px}
    .chart path{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
    .chart .axis{stroke:var(--line);stroke-width:1}
    .chart .users{stroke:var(--accent)}.chart .tint{fill:var(--accent);opacity:.13}
    .chart .expected{stroke:var(--warm);stroke-dasharray:3 3}
    .chart circle{fill:var(--accent)}
    details{margin-top:.5rem}summary{cursor:pointer;color:var(--accent);padding:.25rem 0}
    .key{font-weight:600;color:var(--accent)}.key.e{color:var(--warm)}
    @media print{.wide{overflow:visible}}

    """
}
