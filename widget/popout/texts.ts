export const popoutTexts = {
  title: (site: string) => `Messages with ${site}`,
  waiting: 'One moment…',
  unknown:
    'This window belongs to a chat on another page. Open it there from the menu of the chat; this one can be closed.',
  blocked: 'Your browser has not let us open a window. Allow pop-up windows for this page and try again.',
} as const;
