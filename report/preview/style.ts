/** The look of the preview page: plain, light or dark as the reader's system is, one column on a phone. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5c6470; --line: #d5d9de; --paper: #f3f4f6; --card: #ffffff;
  --bubble: #eceff2; --link: #0a58c2; --good: #14713a; --bad: #a3260f; --mark: #b45309; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --soft: #a3abb6; --line: #3a4048; --paper: #15181c; --card: #1f2328;
  --bubble: #2d333b; --link: #7db4ff; --good: #6fd391; --bad: #ff9b85; --mark: #f0b465; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.45 system-ui, sans-serif; }
body > * { max-width: 120rem; margin-inline: auto; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; } h3 { font-size: 1rem; margin: 1rem 0 .5rem; }
p { margin: 0 0 .5rem; } .soft { color: var(--soft); font-size: .875rem; max-width: 60rem; }
fieldset { border: 0; padding: 0; margin: .5rem 0 0; display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; min-width: 0; }
legend { float: left; width: 5rem; color: var(--soft); font-size: .875rem; }
.choice { position: relative; display: inline-flex; }
.choice input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.choice span { padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); font-size: .875rem; }
.choice input:checked + span { background: var(--ink); color: var(--card); border-color: var(--ink); }
.choice input:focus-visible + span, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.columns { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(18rem, 22rem); gap: 1rem; overflow-x: auto; padding-bottom: .5rem; }
.columns:focus-visible { outline: 3px solid var(--link); }
article { display: flex; flex-direction: column; min-width: 0; }
article h4 { margin: 0; font-size: .95rem; } .state { font-size: .8rem; margin: 0 0 .4rem; }
.state.approved { color: var(--good); } .state.none, .state.expired, .state.changed { color: var(--bad); font-weight: 600; }
.phone { border: .5rem solid #2a2e33; border-radius: 1.75rem; background: var(--card); overflow: hidden; flex: 1; }
.who { display: flex; gap: .5rem; align-items: center; padding: .75rem; }
.face { flex: none; width: 2rem; height: 2rem; border-radius: 50%; background: var(--link); color: var(--card); display: grid; place-items: center; font-weight: 700; }
.face.small { width: 1.75rem; height: 1.75rem; font-size: .8rem; }
.who small { display: block; color: var(--soft); }
.picture { height: 6rem; display: grid; place-items: center; background: var(--bubble); color: var(--soft); font-size: .875rem; }
.comment { display: flex; gap: .5rem; padding: .75rem; }
.bubble { background: var(--bubble); border-radius: 1rem; padding: .5rem .75rem; min-width: 0; overflow-wrap: anywhere; font-size: .9375rem; line-height: 1.35; }
.instagram-media .bubble { background: none; padding: 0; }
.bubble b { display: block; font-size: .8125rem; } .words, summary, .rest { white-space: pre-wrap; }
summary { list-style: none; cursor: pointer; } summary::-webkit-details-marker { display: none; }
.more { color: var(--soft); font-weight: 600; } details[open] .more { display: none; }
details:not([open]) .rest { display: none; } .cut { border-left: 2px dashed var(--mark); margin-left: .15em; }
.link { color: var(--link); }
.problem { padding: .75rem; color: var(--bad); }
dl { margin: .5rem 0 0; font-size: .8rem; color: var(--soft); display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .6rem; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 44rem) { body { padding: .75rem; } legend { float: none; width: 100%; }
  .columns { grid-auto-flow: row; grid-auto-columns: auto; grid-template-columns: minmax(0, 1fr); } }
@media print { form { display: none; } .columns { overflow: visible; } }
`;
