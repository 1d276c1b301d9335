/// Light and dark by the reader's own setting.
let styleSheet = """
    :root { color-scheme: light dark; --page: #fbfaf8; --card: #fff; --ink: #22252a; --soft: #646a73; --rule: #e4e2dd;
      --genuine: #1a7f64; --impostor: #c2562d; --curve: #2456b8; }
    @media (prefers-color-scheme: dark) { :root { --page: #16181c; --card: #1e2126; --ink: #e8e6e1; --soft: #9da3ac;
      --rule: #33373e; --genuine: #4cc39f; --impostor: #f08a5d; --curve: #7fa8ff; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.25rem; background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    h1 { margin: 0; font-size: 1.9rem; } h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
    header p, footer, small, figcaption, td + td { color: var(--soft); }
    footer { margin-top: 2.5rem; border-top: 1px solid var(--rule); font-size: .85rem; }
    .wide { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
    table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: .5rem .9rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
    tr:last-child > * { border-bottom: 0; } th { font-weight: 500; } td { font-size: .92rem; }
    td.value { font-weight: 600; white-space: nowrap; font-size: 1rem; }
    .plots { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
    figure { margin: 0; padding: .75rem; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
    figcaption { font-size: .85rem; }
    svg { display: block; width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--soft); }
    svg text.axis { font-size: 12px; fill: var(--ink); }
    .grid { stroke: var(--rule); } .threshold { stroke: var(--ink); stroke-dasharray: 4 3; }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; } .line.curve { stroke: var(--curve); }
    .area { fill-opacity: .4; stroke-width: 1.25; }
    .area.genuine { fill: var(--genuine); stroke: var(--genuine); }
    .area.impostor { fill: var(--impostor); stroke: var(--impostor); }
    .key { display: inline-block; width: .8em; height: .8em; border-radius: 3px; }
    .key.genuine { background: var(--genuine); } .key.impostor { background: var(--impostor); }
    .errors { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
    .pair { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }
    .pair img { width: 100%; border-radius: 6px; display: block; } .pair small { overflow-wrap: anywhere; }
    """
