/// Light and dark by the reader's own setting.
package let styleSheet = """
    :root { color-scheme: light dark; --page: #f7f6f3; --card: #fff; --ink: #1d2025; --soft: #5b616b; --rule: #e2e0da;
      --genuine: #14805f; --impostor: #c0491f; --curve: #2456b8; --second: #8a6fc4; }
    @media (prefers-color-scheme: dark) { :root { --page: #131519; --card: #1c1f24; --ink: #ebe9e4; --soft: #a4aab4;
      --rule: #33373f; --genuine: #4cc39f; --impostor: #f08a5d; --curve: #7fa8ff; --second: #bda6ee; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 76rem; padding: 2.5rem 1.25rem; background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    h1 { margin: 0; font-size: 2rem; line-height: 1.2; } h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; }
    h3 { margin: 0; font-size: .95rem; font-weight: 600; } section > p { margin: -.4rem 0 1rem; max-width: 46rem; }
    p, footer, small, figcaption, td + td { color: var(--soft); } header p { margin: .4rem 0 1.75rem; }
    footer { margin-top: 3rem; border-top: 1px solid var(--rule); font-size: .85rem; }
    .tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); }
    .tile, figure, .wide { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; }
    .tile { padding: .9rem 1.1rem; } .tile h3 { color: var(--soft); font-weight: 500; }
    .tile p { margin: 0; font-size: .82rem; line-height: 1.35; }
    .tile .number { color: var(--ink); font-size: 1.5rem; font-weight: 650; line-height: 1.35; white-space: nowrap;
      font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
    .wide { overflow-x: auto; }
    table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
    th, td { padding: .45rem 1rem; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
    tbody:last-child tr:last-child > * { border-bottom: 0; } th { font-weight: 500; }
    th.heading { padding-top: 1.1rem; font-weight: 650; }
    td.value { color: var(--ink); font-weight: 600; white-space: nowrap; }
    .plots { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
    figure { margin: 0; padding: 1rem; } figcaption { font-size: .85rem; }
    svg { display: block; width: 100%; height: auto; margin: .35rem 0; }
    svg text { font-size: 14px; fill: var(--soft); } svg text.axis, svg text.mark { fill: var(--ink); }
    .grid { stroke: var(--rule); } .threshold { stroke: var(--ink); stroke-dasharray: 4 3; }
    .dot { fill: var(--ink); stroke: var(--card); stroke-width: 1.5; }
    .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; } .line.curve { stroke: var(--curve); }
    .line.second { stroke: var(--second); stroke-dasharray: 5 3; }
    .line.own { stroke: var(--genuine); } .line.other { stroke: var(--impostor); }
    .area { fill-opacity: .35; stroke-width: 1.5; }
    .area.genuine { fill: var(--genuine); stroke: var(--genuine); }
    .area.impostor { fill: var(--impostor); stroke: var(--impostor); }
    .label { white-space: nowrap; margin-right: .6em; }
    .key { display: inline-block; width: .8em; height: .8em; border-radius: 3px; }
    .key.genuine { background: var(--genuine); } .key.impostor { background: var(--impostor); }
    .key.curve { background: var(--curve); } .key.second { background: var(--second); }
    .errors { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
    .errors figure { padding: .75rem; } .pair { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }
    .pair img { width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: 8px; display: block; }
    .pair small { display: block; margin-top: .3rem; font-size: .75rem; line-height: 1.3; overflow-wrap: anywhere; }
    .errors figcaption { margin-top: .5rem; display: flex; justify-content: space-between; align-items: center; }
    .errors strong { color: var(--ink); font-variant-numeric: tabular-nums; font-size: 1rem; }
    .badge { padding: .05rem .6rem; border: 1px solid; border-radius: 99px; font-size: .78rem; }
    .badge.genuine { color: var(--genuine); } .badge.impostor { color: var(--impostor); }
    """
