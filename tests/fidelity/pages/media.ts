import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FidelityPage } from '../page.ts';

const texture = (name: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../../demo-site/public/images/textures/${name}.png`, import.meta.url)),
  );
const disc = (color: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="${color}"/><circle cx="150" cy="100" r="80" fill="#fff8"/></svg>`;
const svg = (color: string) => ({ type: 'image/svg+xml', body: disc(color) });

/** Pictures, canvas, video, SVG. */
export const mediaPages: FidelityPage[] = [
  {
    name: 'images',
    body: '<img src="/t/oak.png" width="300" height="200" alt=""><img src="/t/a.svg" alt=""><picture><source media="(min-width:600px)" srcset="/t/b.svg"><img src="/t/a.svg" alt=""></picture><img srcset="/t/b.svg 1x, /t/a.svg 2x" alt="" style="object-fit:cover;width:200px;height:120px">',
    files: {
      '/t/oak.png': { type: 'image/png', body: texture('oak') },
      '/t/a.svg': svg('teal'),
      '/t/b.svg': svg('crimson'),
    },
  },
  {
    name: 'image-changed',
    body: '<img id="i" src="/c/a.svg" alt=""><div id="d" style="width:300px;height:200px;background:url(/c/a.svg)"></div>',
    files: { '/c/a.svg': svg('teal'), '/c/b.svg': svg('orange') },
    act: (page) =>
      page.evaluate(() => {
        (document.getElementById('i') as HTMLImageElement).src = 'c/b.svg';
        (document.getElementById('d') as HTMLElement).style.background = 'url("c/b.svg")';
        const late = new Image();
        late.src = 'c/b.svg';
        document.body.append(late);
        return late.decode();
      }),
  },
  {
    name: 'image-behind-sign-in',
    body: '<img src="/member/photo.png" width="400" height="300" alt="">',
    files: { '/member/photo.png': { type: 'image/png', body: texture('linen'), cookie: 'member=yes' } },
  },
  {
    name: 'image-of-a-blob',
    body: '<img id="i" alt=""><div id="d" style="width:300px;height:200px"></div>',
    act: (page) =>
      page.evaluate(async () => {
        const blob = (color: string) =>
          URL.createObjectURL(
            new Blob(
              [
                `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="${color}"/></svg>`,
              ],
              { type: 'image/svg+xml' },
            ),
          );
        const image = document.getElementById('i') as HTMLImageElement;
        image.src = blob('purple');
        await image.decode();
        URL.revokeObjectURL(image.src);
        (document.getElementById('d') as HTMLElement).style.background = `url(${blob('green')})`;
      }),
  },
  {
    name: 'image-fills-and-borders',
    head: '<style>.a{width:300px;height:200px;border:30px solid;border-image:url(/b/b.svg) 30 stretch} li{list-style-image:url(/b/dot.svg)} .c{height:150px;background:-webkit-image-set(url(/b/b.svg) 1x);mask-image:url(/b/b.svg)}</style>',
    body: '<div class="a">Border image</div><ul><li>Bullet<li>Bullet</ul><div class="c">Set</div>',
    files: {
      '/b/b.svg': svg('crimson'),
      '/b/dot.svg': {
        type: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="10" cy="10" r="9" fill="teal"/></svg>',
      },
    },
  },
  {
    name: 'svg-inline',
    body: `<svg width="600" height="400" viewBox="0 0 300 200"><defs><linearGradient id="g"><stop stop-color="gold"/><stop offset="1" stop-color="teal"/></linearGradient><symbol id="s" viewBox="0 0 10 10"><path d="M0 0L10 5L0 10z"/></symbol><clipPath id="c"><circle cx="60" cy="60" r="50"/></clipPath></defs>
<rect width="120" height="120" fill="url(#g)" clip-path="url(#c)"/><use href="#s" x="130" width="60" height="60" fill="crimson"/><text x="10" y="160" font-size="24">SVG <tspan fill="red">text</tspan></text><foreignObject x="200" y="10" width="90" height="90"><p xmlns="http://www.w3.org/1999/xhtml">HTML</p></foreignObject></svg>`,
    act: (page) =>
      page.evaluate(() => {
        const ns = 'http://www.w3.org/2000/svg';
        const circle = document.createElementNS(ns, 'circle');
        circle.setAttribute('cx', '240');
        circle.setAttribute('cy', '150');
        circle.setAttribute('r', '40');
        circle.setAttribute('fill', 'url(#g)');
        document.querySelector('svg')?.append(circle);
        document.querySelector('rect')?.setAttribute('width', '80');
      }),
  },
  {
    name: 'svg-use-of-a-file',
    body: '<svg width="300" height="300"><use href="/sprite.svg#arrow" width="300" height="300" fill="teal"/></svg><svg width="300" height="300"><use id="late" width="300" height="300" fill="crimson"/></svg>',
    files: {
      '/sprite.svg': {
        type: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="arrow" viewBox="0 0 10 10"><path d="M0 0L10 5L0 10z"/></symbol><symbol id="box" viewBox="0 0 10 10"><rect width="10" height="10" rx="2"/></symbol></svg>',
      },
    },
    act: (page) =>
      page.evaluate(() => document.getElementById('late')?.setAttribute('href', '/sprite.svg#box')),
  },
  {
    name: 'svg-time',
    body: '<svg id="s" width="700" height="300"><rect width="100" height="200" fill="gold"><animate attributeName="x" from="0" to="600" dur="10s" fill="freeze"/><animate attributeName="fill" values="gold;crimson" dur="10s" fill="freeze"/></rect></svg>',
    act: (page) =>
      page.evaluate(() => {
        const svg = document.getElementById('s') as unknown as SVGSVGElement;
        svg.pauseAnimations();
        svg.setCurrentTime(6);
      }),
  },
  {
    name: 'canvas',
    body: `<canvas id="c" width="600" height="400"></canvas><script>const x=document.getElementById('c').getContext('2d');x.fillStyle='teal';x.fillRect(0,0,600,400);x.fillStyle='gold';x.beginPath();x.arc(300,200,150,0,7);x.fill()</script>`,
    act: (page) =>
      page.evaluate(() => {
        const context = (document.getElementById('c') as HTMLCanvasElement).getContext('2d');
        if (!context) return;
        context.fillStyle = 'crimson';
        context.fillRect(350, 50, 200, 300);
      }),
  },
  {
    name: 'canvas-webgl',
    body: `<canvas id="c" width="500" height="400"></canvas><script>const g=document.getElementById('c').getContext('webgl');let n=0;
function draw(){n++;g.clearColor(n<5?1:0,.5,.4,1);g.clear(g.COLOR_BUFFER_BIT);if(n<60)requestAnimationFrame(draw);else{document.documentElement.classList.add('drawn')}}draw()</script>`,
    act: (page) => page.locator('html.drawn').waitFor(),
  },
  {
    name: 'canvas-added-later',
    body: '<h1>A chart comes</h1><div id="d"></div>',
    act: (page) =>
      page.evaluate(() => {
        const canvas = document.createElement('canvas');
        canvas.width = 700;
        canvas.height = 300;
        canvas.style.border = '4px solid navy';
        const context = canvas.getContext('2d');
        if (context) {
          context.fillStyle = 'plum';
          for (let at = 0; at < 7; at += 1) context.fillRect(at * 100, 300 - at * 40, 70, at * 40);
        }
        document.getElementById('d')?.append(canvas);
      }),
  },
  {
    name: 'video-poster',
    body: '<video id="v" width="500" height="300" poster="/v/a.svg"></video><video id="w" width="200" height="120"></video>',
    files: { '/v/a.svg': svg('navy'), '/v/b.svg': svg('olive') },
    act: (page) =>
      page.evaluate(() => {
        (document.getElementById('w') as HTMLVideoElement).poster = 'v/b.svg';
      }),
  },
  {
    name: 'video-stream',
    body: `<video id="v" width="500" height="375" muted autoplay playsinline></video><script>const c=document.createElement('canvas');c.width=400;c.height=300;const x=c.getContext('2d');
setInterval(()=>{x.fillStyle='teal';x.fillRect(0,0,400,300);x.fillStyle='gold';x.fillRect(100,80,200,140)},50);v.srcObject=c.captureStream(20)</script>`,
    act: (page) =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const video = document.getElementById('v') as HTMLVideoElement;
            video.requestVideoFrameCallback(resolve);
          }),
      ),
  },
  {
    name: 'table-large',
    head: '<style>table{border-collapse:collapse} td,th{border:1px solid #a0aec0;padding:4px 10px} tr:nth-child(even){background:#edf2f7} thead{position:sticky;top:0;background:gold}</style>',
    body: `<table><caption>Prices</caption><colgroup><col style="background:mistyrose"><col span="2"></colgroup><thead><tr><th>Name<th colspan="2">Numbers</thead><tbody>${Array.from({ length: 60 }, (_, at) => `<tr><td>Row ${at}<td>${at * 3}<td>${at % 7}`).join('')}</tbody></table>`,
    act: (page) =>
      page.evaluate(() => {
        const table = document.querySelector('table');
        table?.tBodies[0]?.rows[3]?.remove();
        const row = table?.insertRow(4);
        row?.insertCell().append('New');
        row?.insertCell().setAttribute('colspan', '2');
        scrollTo(0, 200);
      }),
  },
];
