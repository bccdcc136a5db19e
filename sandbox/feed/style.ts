/** The feed's looks. No fonts, images or scripts from elsewhere. */
export const STYLE = `
:root { --paper:#f5f0e8; --ink:#2a2521; --soft:#776d63; --line:#e4dccf; --accent:#b4532a; --blue:#1a66c9; }
* { box-sizing:border-box; margin:0; }
body { background:var(--paper); color:var(--ink); font:15px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif; }
.top { max-width:1380px; margin:0 auto; padding:32px 28px 18px; display:flex; flex-wrap:wrap; gap:16px 40px; align-items:flex-end; justify-content:space-between; }
.top h1 { font-size:27px; letter-spacing:-.02em; line-height:1.15; }
.top p { color:var(--soft); max-width:54ch; margin-top:4px; }
nav { display:flex; flex-wrap:wrap; gap:10px; justify-content:flex-end; }
nav div { display:flex; gap:4px; background:#ebe3d6; padding:4px; border-radius:999px; }
nav a { color:var(--soft); text-decoration:none; padding:6px 14px; border-radius:999px; font-size:14px; }
nav a.on { background:#fff; color:var(--ink); font-weight:600; box-shadow:0 1px 3px #0002; }
main { max-width:1380px; margin:0 auto; padding:10px 28px 60px; display:grid; grid-template-columns:repeat(auto-fill,minmax(306px,1fr)); gap:34px 24px; }
.unit { display:flex; flex-direction:column; gap:12px; }
.phone { flex:1; background:#211d1a; border-radius:38px; padding:9px; box-shadow:0 18px 40px -18px #3b2a1a80; }
.screen { background:#fff; border-radius:30px; overflow:hidden; min-height:100%; }
.who { display:flex; align-items:center; gap:10px; padding:16px 16px 10px; }
.who div { flex:1; min-width:0; line-height:1.25; } .who b { display:block; font-size:14.5px; white-space:nowrap; overflow:hidden; text-overflow:ellipsis; } .who span:not(.avatar) { display:block; color:var(--soft); font-size:12.5px; } .who i { color:var(--soft); letter-spacing:1px; }
.avatar { flex:none; display:grid; place-items:center; width:38px; height:38px; border-radius:50%; font-weight:700; color:#fff; background:#a59b90; }
.avatar.brand { background:repeating-linear-gradient(45deg,#b4532a 0 5px,#a2471f 5px 10px); }
.comment .avatar { width:30px; height:30px; font-size:13px; }
.copy { padding:0 16px 11px; font-size:14.5px; } .instagram .copy { padding:10px 16px 0; }
.picture { display:block; width:100%; height:auto; }
.link { display:flex; align-items:center; justify-content:space-between; gap:10px; background:#f3f0eb; padding:10px 16px; }
.link div { min-width:0; } .link span { display:block; font-size:11px; letter-spacing:.04em; text-transform:uppercase; color:var(--soft); }
.link b { display:block; white-space:nowrap; overflow:hidden; text-overflow:ellipsis; font-size:14.5px; }
.link em { flex:none; font-style:normal; font-weight:600; font-size:13px; background:#e2dcd2; border-radius:8px; padding:7px 11px; }
.instagram .link { background:#2a2521; color:#fff; }
.counts { display:flex; justify-content:space-between; padding:9px 16px; font-size:13px; color:var(--soft); border-bottom:1px solid var(--line); }
.thread { list-style:none; padding:12px 12px 16px; display:grid; grid-template-columns:minmax(0,1fr); gap:12px; }
.comment { display:flex; gap:8px; list-style:none; } .said { min-width:0; flex:1; }
.bubble { background:#f1f0ee; border-radius:4px 16px 16px 16px; padding:8px 12px; font-size:13.5px; overflow-wrap:anywhere; }
.bubble b { display:block; font-size:12.5px; } .instagram .bubble { background:none; padding:0; } .instagram .bubble b { display:inline; }
.said small { display:block; color:var(--soft); font-size:11.5px; margin:3px 0 0 12px; } .instagram .said small { margin-left:0; }
.ours .bubble { background:#fdf1e8; box-shadow:inset 0 0 0 1.5px #e6b797; } .instagram .ours .bubble { padding:8px 12px; }
.badge { display:inline-block; margin-bottom:4px; font-size:11px; font-weight:700; letter-spacing:.02em; color:#fff; background:var(--accent); border-radius:999px; padding:2px 9px; }
.badge.off { background:#8c857d; } .badge.hand { background:#6b7d8c; }
.unseen .bubble { background:repeating-linear-gradient(-45deg,#f4f3f1 0 8px,#eceae7 8px 16px); box-shadow:inset 0 0 0 1.5px #cfcac3; color:#8c857d; }
.unseen .avatar { filter:grayscale(1); opacity:.55; }
.url { color:var(--blue); } .unseen .url { color:inherit; }
.url { display:block; white-space:nowrap; overflow:hidden; text-overflow:ellipsis; }
.none { padding:18px 16px 22px; color:var(--soft); font-size:13.5px; font-style:italic; }
.about { padding:0 10px; font-size:13px; } .about p { margin-top:6px; } .about small { color:var(--soft); overflow-wrap:anywhere; }
.chip { display:inline-block; font-size:11.5px; border:1px solid #d5cabb; border-radius:999px; padding:1px 9px; color:var(--soft); }
.chip.market { background:var(--ink); border-color:var(--ink); color:#fff; font-weight:600; }
.more { grid-column:1/-1; color:var(--soft); text-align:center; }
`;
