/** The page around the chat: seen only while there is none. */
export const pageStyles = `
:root{color-scheme:light dark;font:16px/24px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
body{margin:0;min-height:100dvh;display:grid;place-items:center;background:Canvas;color:CanvasText}
main{max-width:36ch;padding:24px;text-align:center;text-wrap:balance}
`;

/** The panel is the window. */
export const rootStyles = `
.app .panel{inset:0;width:auto;max-width:none;height:100dvh;border-radius:0;box-shadow:none;animation:none}
`;
