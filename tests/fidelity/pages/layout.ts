import type { FidelityPage } from '../page.ts';

const rows = (count: number, text = 'Row') =>
  Array.from({ length: count }, (_, at) => `<p>${text} ${at}</p>`).join('');

/** Modes, directions, scrolling and screens. */
export const layoutPages: FidelityPage[] = [
  {
    name: 'grid-flex-columns',
    head: `<style>.g{display:grid;grid-template:"a a b" 80px "c d b" 80px/1fr 2fr 120px;gap:8px} .g>*{background:gold} .f{display:flex;gap:8px;margin:12px 0}
.f>*{flex:1;background:teal;color:#fff;padding:12px} .m{columns:3;column-rule:2px solid red}</style>`,
    body: `<div class="g"><i style="grid-area:a">a</i><i style="grid-area:b">b</i><i>c</i><i>d</i></div><div class="f"><b>1</b><b>2</b><b>3</b></div><div class="m">${rows(9)}</div>`,
  },
  {
    name: 'right-to-left',
    root: 'dir="rtl"',
    body: `<h1>\u05e9\u05dc\u05d5\u05dd</h1><div class="row"><div class="card">\u0645\u0631\u062d\u0628\u0627 one</div><div class="card">two</div></div><ul><li>\u05d0</li><li>\u05d1</li></ul>
<div id="s" style="width:300px;overflow-x:scroll;white-space:nowrap;background:gold">${'\u05d0\u05d1\u05d2\u05d3 '.repeat(40)}</div><input value="\u05e9\u05dc\u05d5\u05dd"><p dir="auto">English here</p>`,
    act: (page) =>
      page.evaluate(() => {
        (document.getElementById('s') as HTMLElement).scrollLeft = -200;
      }),
  },
  {
    name: 'vertical-writing',
    body: '<div style="writing-mode:vertical-rl;height:400px;font-size:30px;background:gold">\u7e26\u66f8\u304d text<p>second</p></div>',
  },
  {
    name: 'quirks-mode',
    doctype: '',
    head: '<style>.CARD{background:gold} #box{width:200;height:100;border:20px solid teal;padding:20px}</style>',
    body: '<div id="box">In quirks mode</div><table border=1 style="font-size:30px"><tr><td><table><tr><td>nested</table></table><div style="height:50%;background:plum">half</div><img width=50 height=50 style="background:red"><div class=card>Class in other case</div>',
  },
  {
    name: 'quirks-old-doctype',
    doctype: '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">',
    body: '<table width="400" style="background:gold;font-size:22px"><tr><td>Old doctype</td></tr></table><div style="height:60%;background:plum">tall</div>',
  },
  {
    name: 'almost-standards',
    doctype:
      '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
    head: '<style>td{background:gold;padding:0} img{background:red}</style>',
    body: '<table cellspacing="0"><tr><td><img width="120" height="60" alt=""></td></tr><tr><td><img width="120" height="60" alt=""></td></tr></table><p>Images in cells stand without a gap</p>',
  },
  {
    name: 'scroll-window',
    body: rows(80),
    act: (page) => page.evaluate(() => scrollTo(0, 731)),
  },
  {
    name: 'scroll-containers',
    head: '<style>.s{height:180px;overflow:auto;background:#edf2f7;margin:8px 0} .w{width:2000px}</style>',
    body: `<div class="s" id="a">${rows(40)}</div><div class="s" id="b"><div class="w">${rows(30, 'Wide row')}</div></div>`,
    act: (page) =>
      page.evaluate(() => {
        document.getElementById('a')?.scrollTo(0, 333);
        document.getElementById('b')?.scrollTo(420, 211);
      }),
  },
  {
    name: 'scrolled-before',
    head: '<style>.s{height:200px;overflow:auto;background:#edf2f7}</style>',
    body: `<div class="s" id="a">${rows(40)}</div>${rows(60)}<script>document.getElementById('a').scrollTop=500;addEventListener('load',()=>scrollTo(0,300))</script>`,
  },
  {
    name: 'sticky-and-snap',
    head: '<style>header{position:sticky;top:0;background:navy;color:#fff;padding:12px} .snap{display:flex;overflow-x:auto;scroll-snap-type:x mandatory} .snap>*{flex:0 0 500px;height:160px;scroll-snap-align:start;background:gold;margin-right:10px}</style>',
    body: `<header>Stays</header><div class="snap"><b>1</b><b>2</b><b>3</b></div>${rows(50)}`,
    act: (page) =>
      page.evaluate(() => {
        document.querySelector('.snap')?.scrollTo({ left: 510, behavior: 'instant' });
        scrollTo({ top: 120, behavior: 'instant' });
      }),
  },
  {
    name: 'smooth-scroll',
    head: '<style>html{scroll-behavior:smooth} .s{height:200px;overflow:auto;scroll-behavior:smooth;background:gold}</style>',
    body: `<div class="s" id="a">${rows(60)}</div>${rows(80)}`,
    act: (page) =>
      page.evaluate(async () => {
        document.getElementById('a')?.scrollTo(0, 600);
        scrollTo(0, 400);
        await Promise.all(
          [document, document.getElementById('a')].map(
            (target) =>
              new Promise((resolve) => target?.addEventListener('scrollend', resolve, { once: true })),
          ),
        );
      }),
  },
  {
    name: 'virtual-list',
    head: '<style>#l{height:520px;overflow:auto;background:#edf2f7} #i{position:relative;height:200000px} .r{position:absolute;left:0;right:0;height:38px;border-bottom:1px solid #a0aec0}</style>',
    body: `<div id="l"><div id="i"></div></div><script>const l=document.getElementById('l'),i=document.getElementById('i');
function draw(){const f=Math.floor(l.scrollTop/40);i.replaceChildren(...Array.from({length:18},(_,n)=>{const r=document.createElement('div');r.className='r';r.style.top=(f+n)*40+'px';r.textContent='Entry '+(f+n);return r}))}
l.addEventListener('scroll',draw);draw()</script>`,
    act: (page) =>
      page.evaluate(async () => {
        const list = document.getElementById('l') as HTMLElement;
        for (const top of [900, 2_700, 9_000, 54_321, 123_400]) {
          list.scrollTop = top;
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
        }
      }),
  },
  {
    name: 'zoomed-page',
    body: `<div class="card" style="zoom:1.5">Zoomed in</div><div class="card" style="zoom:.7">Zoomed out</div><div style="transform:scale(1.4);transform-origin:0 0">Scaled</div>`,
    act: (page) =>
      page.evaluate(() => {
        document.body.style.zoom = '1.2';
      }),
  },
  {
    name: 'viewport-resized',
    head: '<style>@media (max-width:600px){.card{background:tomato;height:100px}}</style>',
    body: '<div class="card">As wide as the window</div><div class="card">Two</div>',
    act: (page) => page.setViewportSize({ width: 520, height: 560 }),
  },
  {
    name: 'phone',
    browser: 'phone',
    head: '<style>@media (hover:none){.a{background:gold;height:90px}} @media (pointer:coarse){.b{background:teal;height:90px}} @media (hover:hover){.card{display:none}}</style>',
    body: '<div class="card a">No hover</div><div class="card b">Coarse</div><input value="A field on a phone"><p>Text of a phone</p>',
    act: (page) => page.locator('input').tap(),
  },
  {
    name: 'phone-desktop-page',
    browser: 'phone',
    hasNoViewport: true,
    // Laid out at 980 px and shown smaller than that: the agent's window has another scale.
    unlike: 'html',
    body: `<div class="card" style="width:900px">A page made for a desktop, on a phone</div>${rows(20)}`,
  },
];
