/** Beginnings that make a browser take bytes for a page, and a system for a program: see mimesniff.spec.whatwg.org. */
const pageOrProgram =
  /^(?:<\?xml|<!doctype|<!--|<\/?(?:html|head|body|script|iframe|svg|style|title|meta|link|base|object|embed|form|table|div|h1|font|a|b|br|p|img|math)[\s/>]|#!|@echo\b|%!ps)/i;

/** Whether a text begins like a page or a script: no such text is taken as a file, under any name. */
export function startsLikePageOrProgram(text: string): boolean {
  return pageOrProgram.test(text.trimStart());
}
