export const title = 'Code for your call';
export const what =
  'Read these six digits to the person on the telephone. They hold for ten minutes and work once.';
export const afterwards = 'The code shares nothing by itself: you are asked before anybody sees this page.';
export const asking = 'One moment…';
export const over = 'This code has run out.';
export const failed = 'There is no code to be had right now.';
export const again = 'New code';
export const close = 'Close';
