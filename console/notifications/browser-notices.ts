import type { DesktopNotices } from './notifications.ts';

/** The browser's notifications. They last while a tab of the console is open. */
export function browserNotices(window: Window & typeof globalThis): DesktopNotices {
  const { Notification } = window;
  const isPossible = typeof Notification === 'function' && window.isSecureContext;
  return {
    permission: () => (isPossible ? Notification.permission : 'impossible'),
    ask: async () => (isPossible ? Notification.requestPermission() : 'impossible'),
    show({ title, body, tag, onClick }) {
      try {
        const notice = new Notification(title, { body, tag, silent: true });
        notice.addEventListener('click', () => {
          window.focus();
          notice.close();
          onClick();
        });
      } catch {
        // Phones have notifications only through a service worker.
      }
    },
  };
}
