/**
 * What a page is made of, one line a node: its place in the tree, its kind, state, box and look. Runs in the visitor's
 * page and in the mirror alike. Left out is what no mirror has: scripts, comments, metadata, and our own elements.
 */
export function describePage(_root: Element, [isMasked, unlike]: readonly [boolean, string]): string[] {
  const left =
    /^(?:script|noscript|template|meta|base|link|title|style|datalist|param|track|source|noembed|noframes)$/;
  const looks = [
    'display',
    'visibility',
    'opacity',
    'color',
    'background-color',
    'background-size',
    'border-top-width',
    'border-top-color',
    'border-bottom-style',
    'font-family',
    'font-size',
    'font-weight',
    'transform',
    'text-decoration-line',
    'fill',
    'stroke',
  ];
  const kept = [
    'class',
    'dir',
    'role',
    'hidden',
    'open',
    'aria-expanded',
    'colspan',
    'popover',
    'd',
    'viewBox',
  ];
  const lines: string[] = [];

  const matches = (element: Element, selector: string) => {
    try {
      return element.matches(selector);
    } catch {
      return false;
    }
  };

  function stateOf(element: Element): string[] {
    const state: string[] = [];
    const { localName } = element;
    if (localName === 'dialog' && matches(element, ':modal')) state.push('modal');
    if (matches(element, ':popover-open')) state.push('popover-open');
    if (element.scrollTop || element.scrollLeft)
      state.push(`scrolled ${Math.round(element.scrollLeft)},${Math.round(element.scrollTop)}`);
    if (localName === 'input') {
      const { type, value, checked, indeterminate } = element as HTMLInputElement;
      if (/^(?:checkbox|radio)$/.test(type))
        state.push(`checked ${checked}`, `indeterminate ${indeterminate}`);
      else if (type === 'file')
        state.push(`files ${[...((element as HTMLInputElement).files ?? [])].map((file) => file.name)}`);
      else if (type !== 'hidden') state.push(isMasked ? `filled ${value !== ''}` : `value ${value}`);
    }
    if (localName === 'textarea') {
      const { value } = element as HTMLTextAreaElement;
      state.push(isMasked ? `filled ${value !== ''}` : `value ${value}`);
    }
    if (localName === 'select' && !isMasked) {
      const { options } = element as HTMLSelectElement;
      state.push(`chosen ${[...options].flatMap((option, index) => (option.selected ? [index] : []))}`);
    }
    if (localName === 'progress' || localName === 'meter')
      state.push(`at ${(element as HTMLMeterElement).value}`);
    return state;
  }

  function lookOf(element: Element): string {
    const view = element.ownerDocument.defaultView;
    if (!view) return '';
    const style = view.getComputedStyle(element);
    const { x, y, width, height } = element.getBoundingClientRect();
    const box = [x, y, width, height].map(Math.round).join(',');
    const parts = [`[${box}]`, ...looks.map((name) => style.getPropertyValue(name))];
    for (const pseudo of ['::before', '::after']) {
      const generated = view.getComputedStyle(element, pseudo);
      if (generated.content !== 'none' && generated.content !== 'normal')
        parts.push(`${pseudo} ${generated.display} ${generated.color}`);
    }
    return parts.join(' ');
  }

  function describe(node: Node, path: string): void {
    if (node.nodeType !== 1) return;
    const element = node as Element;
    const { localName } = element;
    const isClosed = element.hasAttribute('data-rapport-blocked');
    // What has no plain name is an element without meaning; embedded programs are boxes.
    const isPlain = /^[a-z][-\w.]*$/.test(localName);
    const name = /^(?:object|embed)$/.test(localName) ? 'div' : isPlain ? localName : 'span';
    const space = element.namespaceURI?.replace(/^.*\//, '') ?? '';
    const isForeign = localName === 'iframe' && !(element as HTMLIFrameElement).contentDocument;
    const isUnlike = unlike !== '' && matches(element, unlike);
    const isBox = isClosed || isUnlike || isForeign || /^(?:object|embed)$/.test(localName);
    const attributes = kept.flatMap((each) => {
      const value = element.getAttribute(each);
      return value === null ? [] : [`${each}=${value}`];
    });
    lines.push(
      [path, space, name, ...(isBox ? [] : [...attributes, ...stateOf(element), lookOf(element)])].join(
        ' | ',
      ),
    );
    if (element.shadowRoot) children(element.shadowRoot, `${path}/shadow`);
    const inner = localName === 'iframe' && !isClosed ? (element as HTMLIFrameElement).contentDocument : null;
    if (inner) document_(inner, `${path}/document`);
    if (localName !== 'iframe' && localName !== 'textarea') children(element, path);
  }

  function children(parent: ParentNode & Node, path: string): void {
    const isReplaced = /^(?:select|video|audio|canvas|object|iframe)$/i.test(parent.nodeName);
    let index = 0;
    let text = '';
    const endText = () => {
      const words = text.replace(/\s+/g, ' ').trim();
      text = '';
      if (words !== '' && !isReplaced)
        lines.push(`${path}/text[${index++}] | ${isMasked ? 'some text' : words}`);
    };
    for (const child of parent.childNodes) {
      if (child.nodeType === 3) text += child.nodeValue;
      if (child.nodeType !== 1) continue;
      const element = child as Element;
      if (left.test(element.localName) || element.hasAttribute('data-rapport-own')) continue;
      if (element.id === 'rapport' || element.localName.startsWith('rapport-')) continue;
      endText();
      describe(element, `${path}/[${index++}]`);
    }
    endText();
  }

  function document_(page: Document, path: string): void {
    lines.push(`${path} | ${page.compatMode}`);
    const view = page.defaultView;
    if (view && (view.scrollX || view.scrollY))
      lines.push(`${path}/window | ${Math.round(view.scrollX)},${Math.round(view.scrollY)}`);
    if (page.body) describe(page.body, `${path}/body`);
  }

  document_(document, '');
  return lines;
}

/** Percent of the lines of both that the other one has, too. */
export function equalPercent(visitor: readonly string[], agent: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of visitor) counts.set(line, (counts.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of agent) {
    const left = counts.get(line) ?? 0;
    if (left === 0) continue;
    counts.set(line, left - 1);
    shared += 1;
  }
  return (100 * shared) / Math.max(visitor.length, agent.length, 1);
}

/** Lines that only one of both has. */
export function differences(visitor: readonly string[], agent: readonly string[]): string[] {
  const [has, had] = [new Set(agent), new Set(visitor)];
  return [
    ...visitor.filter((line) => !has.has(line)).map((line) => `- ${line}`),
    ...agent.filter((line) => !had.has(line)).map((line) => `+ ${line}`),
  ];
}
