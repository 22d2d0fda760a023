/** Style of the API's page. Its hash is in the page's content security policy. */
export const DOCS_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1b2230,#e4e8f0);--soft:light-dark(#5b6577,#9aa5b8);--paper:light-dark(#fff,#12161d);
--card:light-dark(#f6f8fb,#1a2029);--line:light-dark(#dde3ec,#2b3442);--good:light-dark(#0b7a4b,#4fd19b);--bad:light-dark(#b3261e,#ff8a80);
--get:light-dark(#0b6bcb,#6cb6ff);--post:light-dark(#0b7a4b,#4fd19b);--put:light-dark(#9a5b00,#f2b35e);--patch:light-dark(#7a3fb0,#c79bff)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 6rem;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.8rem;margin:.2em 0}h1 small{font-weight:400;font-size:1rem;color:var(--soft)}
h2{font-size:1.15rem;margin:2.2rem 0 .6rem;text-transform:capitalize}h4{margin:1.1rem 0 .35rem;font-size:.85rem;color:var(--soft)}
code,pre{font:.9em/1.5 ui-monospace,monospace}a{color:var(--get)}
nav{display:flex;flex-wrap:wrap;gap:.4rem;position:sticky;top:0;padding:.5rem 0;background:var(--paper)}
nav a,.role{border:1px solid var(--line);border-radius:1rem;padding:.05rem .7rem;text-decoration:none;font-size:.85rem}
.role{margin-right:.3rem}
details{border:1px solid var(--line);border-radius:.6rem;margin:.5rem 0;background:var(--card);overflow-wrap:anywhere}
details>:not(summary){margin-left:1rem;margin-right:1rem}
summary{cursor:pointer;padding:.6rem 1rem;display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:baseline;list-style:none}
summary::-webkit-details-marker{display:none}summary span{color:var(--soft);font-size:.92rem}
summary:focus-visible,a:focus-visible{outline:2px solid var(--get);outline-offset:2px}
.method{min-width:4.2rem;font:700 .8rem ui-monospace,monospace}
.get{color:var(--get)}.post{color:var(--post)}.put{color:var(--put)}.patch{color:var(--patch)}.delete{color:var(--bad)}
table{border-collapse:collapse;width:100%}td{padding:.25rem .8rem .25rem 0;border-top:1px solid var(--line);vertical-align:top;font-size:.92rem}
td:nth-child(2){color:var(--soft)}
.fields{margin:.2rem 0;padding-left:1.1rem;list-style:none;border-left:2px solid var(--line);font-size:.92rem}
.type{color:var(--soft)}.bounds{color:var(--put);font-size:.88em}.note::before{content:"— "}
dl{display:grid;grid-template-columns:3.2rem 1fr;gap:.3rem .6rem;margin-bottom:1rem}dt{font-weight:700}dd{margin:0}
.good{color:var(--good)}.bad{color:var(--bad)}
pre{border:1px solid var(--line);border-radius:.4rem;padding:.6rem;overflow-x:auto;background:var(--paper)}
`;
