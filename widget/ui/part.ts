import { adoptStyles } from './adopt-styles.ts';

/** Something of a chunk that is fetched when it is first needed. */
export interface Part<P> {
  /** Null until it is here. */
  get(): P | null;
  /** Null when it cannot be had now; the next call tries again. Never rejects. */
  load(): Promise<P | null>;
}

export function createPart<M, P>(parts: {
  load(): Promise<M>;
  /** Called once, with the module that has come. */
  make(module: M): P;
  report(error: unknown): void;
}): Part<P> {
  let part: P | null = null;
  let loading: Promise<P | null> | null = null;

  async function load(): Promise<P | null> {
    try {
      part = parts.make(await parts.load());
    } catch (error) {
      parts.report(error);
      loading = null;
    }
    return part;
  }
  return {
    get: () => part,
    load() {
      loading ??= load();
      return loading;
    },
  };
}

/** Makes parts of modules that bring their own styles, which stand in the page before anything of the module does. */
export function viewParts(root: ShadowRoot, report: (error: unknown) => void) {
  const adopted = new Set<string>();
  return <M extends { styles: string }>(load: () => Promise<M>): Part<M> =>
    createPart({
      load,
      make(module) {
        if (!adopted.has(module.styles)) adoptStyles(root, module.styles);
        adopted.add(module.styles);
        return module;
      },
      report,
    });
}
export type ViewPart = ReturnType<typeof viewParts>;
