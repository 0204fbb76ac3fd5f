const euros = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

function fragmentOf(markup) {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return template.content;
}

/** One sheet adopted by every component: changing it re-colours all of them at once. */
const ambienceSheet = sheetOf(':host { --glow: #c9a15a; --tint: transparent; }');

const baseSheet = sheetOf(`
  :host { display: block; box-sizing: border-box; }
  :host([hidden]) { display: none; }
  * { box-sizing: border-box; }
  button { font: inherit; color: inherit; cursor: pointer; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`);

const priceSheet = sheetOf(`
  :host { display: inline-flex; align-items: baseline; gap: 6px; font-variant-numeric: tabular-nums; }
  .amount { font-weight: 600; }
  .note { font-size: 13px; color: var(--muted); }
`);

class NwPrice extends HTMLElement {
  static observedAttributes = ['amount'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(
      fragmentOf('<span class="amount" part="amount"></span><span class="note"><slot></slot></span>'),
    );
    this.shadowRoot.adoptedStyleSheets = [baseSheet, priceSheet];
  }

  attributeChangedCallback() {
    this.shadowRoot.querySelector('.amount').textContent =
      `€ ${euros.format(Number(this.getAttribute('amount')))}`;
  }
}

const roomSheet = sheetOf(`
  :host { border: 1px solid var(--line); border-radius: 14px; background: var(--raised); overflow: hidden; transition: transform 200ms, box-shadow 200ms; }
  :host(:hover) { transform: translateY(-3px); box-shadow: var(--shadow); }
  .picture { display: block; border-bottom: 4px solid var(--glow); transition: border-color 400ms; background: var(--tint); }
  .body { display: grid; gap: 10px; padding: 18px 20px 20px; }
  ::slotted(h3) { margin: 0; font-size: 19px; font-weight: 550; letter-spacing: -0.01em; }
  ::slotted(img) { display: block; width: 100%; height: auto; }
  ::slotted(label) { display: flex; gap: 10px; align-items: center; min-height: 32px; }
  .foot { display: flex; justify-content: space-between; align-items: center; gap: 12px; padding-top: 12px; border-top: 1px solid var(--line); }
  .like { border: 1px solid var(--field-line); background: none; border-radius: 999px; padding: 6px 14px; min-height: 36px; transition: background 160ms, color 160ms; }
  .like:hover { background: var(--soft); }
  .like[aria-pressed='true'] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
`);

/** A room made of pieces: what is ticked in the light DOM adds up in the nested price. */
class NwRoom extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(
      fragmentOf(`
        <div class="picture"><slot name="picture"></slot></div>
        <div class="body"><slot name="title"></slot><div><slot></slot></div>
          <div class="foot"><nw-price amount="0">in all</nw-price><button class="like" type="button" aria-pressed="false">Save room</button></div>
        </div>`),
    );
    this.shadowRoot.adoptedStyleSheets = [baseSheet, ambienceSheet, roomSheet];
    const like = this.shadowRoot.querySelector('.like');
    like.addEventListener('click', () => {
      const saved = like.getAttribute('aria-pressed') !== 'true';
      like.setAttribute('aria-pressed', String(saved));
      like.textContent = saved ? 'Saved' : 'Save room';
    });
    this.addEventListener('change', () => this.addUp());
  }

  connectedCallback() {
    this.addUp();
  }

  addUp() {
    let sum = 0;
    for (const box of this.querySelectorAll('input:checked')) sum += Number(box.value);
    this.shadowRoot.querySelector('nw-price').setAttribute('amount', String(sum));
  }
}

const tabsSheet = sheetOf(`
  .tabs { display: flex; gap: 4px; border-bottom: 1px solid var(--line); overflow-x: auto; }
  button { border: 0; background: none; padding: 12px 16px; min-height: 44px; white-space: nowrap; border-bottom: 3px solid transparent; margin-bottom: -1px; color: var(--muted); transition: color 160ms, border-color 160ms; }
  button:hover { color: var(--text); }
  button[aria-selected='true'] { color: var(--text); border-bottom-color: var(--glow); font-weight: 600; }
  .panel { padding: 20px 4px 4px; }
  ::slotted([hidden]) { display: none !important; }
`);

class NwTabs extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(
      fragmentOf('<div class="tabs" role="tablist"></div><div class="panel"><slot></slot></div>'),
    );
    this.shadowRoot.adoptedStyleSheets = [baseSheet, ambienceSheet, tabsSheet];
  }

  connectedCallback() {
    const list = this.shadowRoot.querySelector('.tabs');
    if (list.childElementCount > 0) return;
    list.setAttribute('aria-label', this.getAttribute('label') ?? '');
    for (const [index, panel] of [...this.children].entries()) {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.setAttribute('role', 'tab');
      tab.textContent = panel.dataset.tab;
      tab.addEventListener('click', () => this.select(index));
      list.append(tab);
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-label', panel.dataset.tab);
    }
    list.addEventListener('keydown', (event) => {
      const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!move) return;
      const tabs = [...list.children];
      const next = (tabs.indexOf(this.shadowRoot.activeElement) + move + tabs.length) % tabs.length;
      this.select(next);
      tabs[next].focus();
    });
    this.select(0);
  }

  select(chosen) {
    for (const [index, tab] of [...this.shadowRoot.querySelectorAll('[role="tab"]')].entries()) {
      tab.setAttribute('aria-selected', String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      this.children[index].hidden = index !== chosen;
    }
  }
}

const accordionSheet = sheetOf(`
  .item { border-bottom: 1px solid var(--line); }
  h3 { margin: 0; font: inherit; }
  button { display: flex; width: 100%; justify-content: space-between; align-items: center; gap: 16px; border: 0; background: none; padding: 16px 4px; text-align: left; font-weight: 550; }
  button:hover { color: var(--accent); }
  svg { flex: none; transition: transform 200ms; }
  [aria-expanded='true'] svg { transform: rotate(180deg); }
  .fold { display: grid; grid-template-rows: 0fr; transition: grid-template-rows 220ms ease; }
  .fold > div { overflow: hidden; visibility: hidden; transition: visibility 220ms; }
  .item.open .fold { grid-template-rows: 1fr; }
  .item.open .fold > div { visibility: visible; }
  ::slotted(p) { margin: 0 4px 18px; color: var(--muted); max-width: 62ch; }
  @media (prefers-reduced-motion: reduce) { .fold, svg { transition: none; } }
`);

class NwAccordion extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: 'open' });
    this.shadowRoot.adoptedStyleSheets = [baseSheet, accordionSheet];
  }

  connectedCallback() {
    if (this.shadowRoot.childElementCount > 0) return;
    for (const [index, panel] of [...this.children].entries()) {
      panel.slot = `panel-${index}`;
      const item = fragmentOf(`
        <div class="item"><h3><button type="button" aria-expanded="false" aria-controls="fold-${index}"><span></span>
          <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true"><path d="M3 6l5 5 5-5"/></svg></button></h3>
          <div class="fold" id="fold-${index}"><div><slot name="panel-${index}"></slot></div></div></div>`);
      const button = item.querySelector('button');
      button.querySelector('span').textContent = panel.dataset.question;
      button.addEventListener('click', () => {
        const open = button.getAttribute('aria-expanded') !== 'true';
        button.setAttribute('aria-expanded', String(open));
        button.closest('.item').classList.toggle('open', open);
      });
      this.shadowRoot.append(item);
    }
  }
}

customElements.define('nw-price', NwPrice);
customElements.define('nw-room', NwRoom);
customElements.define('nw-tabs', NwTabs);
customElements.define('nw-accordion', NwAccordion);

/** Rules written the way styling libraries do in production: into an empty style element, by `insertRule`. */
function createRules() {
  const style = document.createElement('style');
  style.dataset.source = 'ambience';
  document.head.append(style);
  const { sheet } = style;
  return {
    add: (rule) => sheet.insertRule(rule, sheet.cssRules.length),
    clear() {
      while (sheet.cssRules.length > 0) sheet.deleteRule(0);
    },
  };
}

const ambiences = {
  morning: {
    sky: '#cfe3e6',
    wall: '#efe4d0',
    floor: '#cda87c',
    glow: '#c9a15a',
    lamp: 0,
    words: 'Seven in the morning',
  },
  afternoon: {
    sky: '#bcd8e4',
    wall: '#f3ead9',
    floor: '#d3b086',
    glow: '#7f9a6a',
    lamp: 0,
    words: 'Three in the afternoon',
  },
  evening: {
    sky: '#e5b08c',
    wall: '#dcc3a2',
    floor: '#ad8257',
    glow: '#c0714c',
    lamp: 0.7,
    words: 'Half past eight in the evening',
  },
  night: {
    sky: '#2b3650',
    wall: '#6b6157',
    floor: '#5c4733',
    glow: '#8f7bb0',
    lamp: 0.95,
    words: 'Eleven at night',
  },
};

const rules = createRules();
const scene = document.querySelector('#ambience-scene');
const words = document.querySelector('#ambience-words');

function show(name) {
  const { sky, wall, floor, glow, lamp, words: text } = ambiences[name];
  rules.clear();
  rules.add(`.ambience-${name} .sky { fill: ${sky}; }`);
  rules.add(`.ambience-${name} .wall { fill: ${wall}; }`);
  rules.add(`.ambience-${name} .floor { fill: ${floor}; }`);
  rules.add(`.ambience-${name} .lamp-light { opacity: ${lamp}; }`);
  rules.add(`.ambience-${name} { border-color: ${glow}; }`);
  scene.className = `ambience-scene ambience-${name}`;
  ambienceSheet.replaceSync(`:host { --glow: ${glow}; --tint: ${wall}; }`);
  ambienceSheet.insertRule(`:host([data-featured]) { outline: 2px solid ${glow}; outline-offset: 3px; }`);
  words.textContent = text;
  for (const button of document.querySelectorAll('#ambience button')) {
    button.setAttribute('aria-pressed', String(button.value === name));
  }
}

for (const button of document.querySelectorAll('#ambience button')) {
  button.addEventListener('click', () => show(button.value));
}
show('morning');
