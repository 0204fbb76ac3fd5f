/**
 * Takes out of rrweb's recorder, while the widget is built, what this product switches off anyway: canvas and WebGL,
 * fonts, media, selection, frames of other origins, inlined images, plugins. A third of its bytes. One
 * thing is better than before: a frame's document is observed once, however often it is looked at. Every cut names a place that must be there, so that an upgrade of rrweb fails here and not in a page.
 */

/** A function or class at the top level, by its first line, and what stands for it. */
const replaced: readonly [firstLine: string, replacement: string][] = [
  [
    'class CanvasManager {',
    'class CanvasManager { freeze() {} unfreeze() {} lock() {} unlock() {} reset() {} }',
  ],
  [
    'class IframeManager {',
    `class IframeManager {
  constructor(options) {
    this.mirror = options.mirror;
    this.mutationCb = options.mutationCb;
    this.stylesheetManager = options.stylesheetManager;
  }
  observed = new WeakSet();
  addIframe() {}
  addLoadListener(cb) {
    this.loadListener = cb;
  }
  attachIframe(iframeEl, childSn) {
    const parentId = this.mirror.getId(iframeEl);
    this.mutationCb({
      adds: [{ parentId, nextId: null, node: childSn }],
      removes: [],
      texts: [],
      attributes: [],
      isAttachIframe: true,
    });
    const doc = iframeEl.contentDocument;
    if (doc && !this.observed.has(doc)) {
      this.observed.add(doc);
      this.loadListener?.(iframeEl);
    }
    if (doc?.adoptedStyleSheets?.length > 0)
      this.stylesheetManager.adoptStyleSheets(doc.adoptedStyleSheets, this.mirror.getId(doc));
  }
}`,
  ],
  ['function WorkerWrapper(', ''],
  ['function initFontObserver(', 'function initFontObserver() { return () => {}; }'],
  ['function initMediaInteractionObserver(', 'function initMediaInteractionObserver() { return () => {}; }'],
  ['function initCustomElementObserver(', 'function initCustomElementObserver() { return () => {}; }'],
  ['function initSelectionObserver(', 'function initSelectionObserver() { return () => {}; }'],
  ['function snapshot(', ''],
  ['function mergeHooks(', 'function mergeHooks() {}'],
  ['function hasShadowRoot(', 'function hasShadowRoot(n) { return Boolean(n && index.shadowRoot(n)); }'],
  ['function markCssSplits(', 'function markCssSplits(cssText) { return cssText; }'],
  ['function slimDOMDefaults(', 'function slimDOMDefaults(options) { return options; }'],
  [
    'function slimDOMExcluded(',
    'function slimDOMExcluded(sn) { return sn.type === NodeType.Comment || sn.tagName === "script"; }',
  ],
  ['function getAbsoluteSrcsetString(', 'function getAbsoluteSrcsetString() { return ""; }'],
  ['function needMaskingText(', 'function needMaskingText() { return false; }'],
  [
    'function _isBlockedElement(',
    'function _isBlockedElement(element, _, blockSelector) { return element.matches(blockSelector); }',
  ],
  [
    'function isBlocked(',
    `function isBlocked(node, _, blockSelector, checkAncestors) {
  const el = closestElementOfNode(node);
  return Boolean(el && (checkAncestors ? el.closest(blockSelector) : el.matches(blockSelector)));
}`,
  ],
  ['function polyfill(', 'function polyfill() {}'],
];

const removed: readonly [place: RegExp, replacement: string][] = [
  // It takes `blob:` for a folder.
  [
    /URL_PROTOCOL_MATCH\.test\(filePath\) \|\| URL_WWW_MATCH\.test\(filePath\)/,
    '/^([a-z+]+:)?\\/\\/|^blob:/i.test(filePath)',
  ],
  [/^const jsContent = .*$/m, ''],
  [/^var chars = [\s\S]*?^(?=const canvasVarMap)/m, ''],
  [/^const canvasVarMap = .*$/m, ''],
  [/^record\.addCustomEvent = [\s\S]*?^(?=record\.takeFullSnapshot)/m, ''],
  [/^if \(!\/\* @__PURE__ \*\/[\s\S]*?^\}$/m, ''],
  [/plugins: \(\(_a2 = plugins == null [\s\S]*?\|\| \[\]/, 'plugins: []'],
  [/^ {2}for \(const plugin of plugins \|\| \[\]\) \{[\s\S]*?^ {2}\}$/m, ''],
  [/^const blob = .*$/m, ''],
  [/tagName === "canvas" && recordCanvas/, 'false'],
  [/tagName === "img" && inlineImages/, 'false'],
  [/\["audio", "video"\]\.includes\(tagName\)(?=\) \{\n\s*const mediaAttributes)/, 'false'],
  [/^let _mirror = \{[\s\S]*?^\};$/m, ''],
  [/^if \(typeof window !== "undefined" && window\.Proxy[\s\S]*?^\}$/m, ''],
  [/^try \{\n {2}if \(Array\.from[\s\S]*?^\}$/m, ''],
  [/^ {2}const inEmittingFrame = [\s\S]*?^(?= {2}if \(mousemoveWait)/m, ''],
  [
    /^ {4}if \(inEmittingFrame\) \{[\s\S]*?window\.parent\.postMessage\(message, "\*"\);\n {4}\}/m,
    'emit(e, isCheckout);',
  ],
  [/^ {2}const eventProcessor = [\s\S]*?^ {2}\};$/m, ''],
  // A page may be read node by node instead, see `page-reader.ts`.
  [
    /^ {4}mutationBuffers\.forEach\(\(buf\) => buf\.lock\(\)\);\n {4}const node = snapshot\(document, \{$/m,
    '    const options = {',
  ],
  [
    /^ {4}\}\);\n {4}if \(!node\) \{\n.*\n {4}\}$/m,
    `    };
    const adopt = () => {
      if (document.adoptedStyleSheets?.length > 0)
        stylesheetManager.adoptStyleSheets(document.adoptedStyleSheets, mirror.getId(document));
    };
    const whole = { ...options, doc: document, maskInputOptions, slimDOMOptions };
    if (record.reading) {
      const one = { ...whole, skipChild: true };
      const quiet = { ...one, onIframeLoad: void 0, onStylesheetLoad: void 0 };
      const inSheet = { ...quiet, cssCaptured: true };
      return record.reading({
        read: (n, isInSheet) => serializeNodeWithId(n, isInSheet ? inSheet : quiet),
        follow: (n) => serializeNodeWithId(n, one),
        adopt
      });
    }
    mutationBuffers.forEach((buf) => buf.lock());
    const node = serializeNodeWithId(document, whole);
    if (!node) return;`,
  ],
  [/^ {4}if \(document\.adoptedStyleSheets && [\s\S]*?\);$/m, '    adopt();'],
  [/^ {6}maskAllInputs: maskInputOptions,$/m, ''],
  [/^ {6}slimDOM: slimDOMOptions,$/m, ''],
  // What the recorder costs the page is counted.
  [/return cb\(\.\.\.rest\);/, 'return record.run ? record.run(() => cb(...rest)) : cb(...rest);'],
];

/** Enumerations whose names are written out as numbers. */
const enums = ['EventType', 'IncrementalSource', 'NodeType', 'PointerTypes'];

/** The recorder's source without these parts. Throws when one of them is not where it was. */
export function leanRecorder(source: string): string {
  let code = source;
  for (const [firstLine, replacement] of replaced) {
    const start = code.indexOf(`\n${firstLine}`) + 1;
    const end = code.indexOf('\n}\n', start) + 2;
    if (start === 0 || end === 1) throw new Error(`rrweb's recorder has no "${firstLine}" any more`);
    code = code.slice(0, start) + replacement + code.slice(end);
  }
  for (const [place, replacement] of removed) {
    if (!place.test(code)) throw new Error(`rrweb's recorder has nothing like ${place} any more`);
    code = code.replace(place, replacement);
  }
  for (const name of enums) {
    const values = new Map(
      [...code.matchAll(new RegExp(`${name}2\\[${name}2\\["(\\w+)"\\] = (\\d+)\\]`, 'g'))].map((each) => [
        each[1],
        each[2],
      ]),
    );
    if (values.size === 0) throw new Error(`rrweb's recorder has no enumeration ${name} any more`);
    code = code.replace(new RegExp(`\\b${name}\\.(\\w+)`, 'g'), (use, member) => values.get(member) ?? use);
  }
  return code;
}
