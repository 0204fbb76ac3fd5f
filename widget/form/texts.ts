import type { FormFault } from './form-faults.ts';

export const title = 'Before we begin';
export const awayTitle = 'Where can we reach you?';
export const awayIntro =
  'Nobody is here right now. With your e-mail address we can answer you there as well.';
export const required = 'required';
export const optional = 'optional';
export const choose = 'Please choose';
export const yourMessage = 'Your message';
export const withFiles = 'With your files:';
export const start = 'Send message';
export const back = 'Back';
export const faults = {
  missing: 'Please fill this in.',
  no_email: 'This is no e-mail address. It looks like name@example.com.',
  no_phone: 'This is no telephone number. It holds digits, spaces and + ( ) - only.',
  too_long: 'This is too long.',
  unticked: 'Please tick this to go on.',
} satisfies Record<FormFault, string>;
export const faultCount = (count: number) =>
  count === 1 ? 'One answer needs another look.' : `${count} answers need another look.`;

export const consentTitle = 'Before you write to us';
export const consentMore = 'Read more';
export const consentNew = '(opens in a new tab)';
export const agree = 'Agree and go on';
export const decline = 'No, thanks';
export const declinedTitle = 'Nothing has been sent';
export const declined =
  'We can only talk with you here once you agree. You can close this window, or have another look.';
export const readAgain = 'Read it again';

export const emailIntro =
  'Nobody is here right now. Leave your e-mail address, so that our answer finds you.';
export const email = 'Your e-mail address';
export const saveEmail = 'Save';
export const emailKept = (email: string) => `Thank you. We will answer to ${email} too.`;
