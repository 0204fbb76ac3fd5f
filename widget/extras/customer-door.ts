import type { ErrorCode } from '../../shared/errors.ts';
import type { Opened } from '../connection.ts';
import type { Customer } from '../identity/customer.ts';
import { createPart } from '../ui/part.ts';

/** Stands for the part that knows the page's customer until, and after, it is fetched: with the first call that needs it. */
export interface CustomerDoor extends Pick<Customer, 'identify' | 'set' | 'track' | 'onRecord'> {
  /** Null when the page has said nothing of the visitor. */
  identity(): Promise<string | null> | null;
  /** The token that the connection was made with, for requests beside it. */
  signed(): string | null;
  onRefused(error: ErrorCode): void;
  onOpened(opened: Opened): void;
  /** Sends what a page before this one left to be told. */
  resume(): void;
  forget(): void;
}

export function createCustomerDoor(parts: {
  load(): Promise<typeof import('../identity/customer.ts')>;
  make(module: typeof import('../identity/customer.ts')): Customer;
  /** What the last connection told. */
  opened: Opened | null;
  report(error: unknown): void;
}): CustomerDoor {
  let { opened } = parts;
  let isWanted = false;
  const make = () =>
    createPart({
      load: parts.load,
      make(module) {
        const customer = parts.make(module);
        if (opened) customer.onOpened(opened);
        return customer;
      },
      report: parts.report,
    });
  let part = make();

  function use(work: (customer: Customer) => void) {
    isWanted = true;
    const asked = part;
    void asked.load().then((customer) => {
      // Not for a visitor who has been forgotten meanwhile.
      if (customer && asked === part) work(customer);
    });
  }

  return {
    identify: (customer) => use((one) => one.identify(customer)),
    set: (attributes) => use((one) => one.set(attributes)),
    track: (name, properties) => use((one) => one.track(name, properties)),
    identity: () => (isWanted ? part.load().then((customer) => customer?.identity() ?? null) : null),
    signed: () => part.get()?.signed() ?? null,
    onRefused: (error) => part.get()?.onRefused(error),
    onOpened(facts) {
      opened = facts;
      part.get()?.onOpened(facts);
    },
    onRecord: () => part.get()?.onRecord(),
    resume: () => use(() => {}),
    forget() {
      part.get()?.close();
      part = make();
      opened = null;
      isWanted = false;
    },
  };
}
