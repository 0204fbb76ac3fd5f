import type { AddressLimits } from '../domain/address-limits.ts';
import type { AgentCaller, VisitorCaller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { Files } from '../domain/files.ts';
import type { Recordings } from '../domain/recordings.ts';
import type { RequestGate } from '../domain/request-gate.ts';
import type { SignIn } from '../domain/sign-in.ts';
import type { SiteDirectory } from '../domain/site-directory.ts';
import type { VisitorDoor } from '../domain/visitor-door.ts';
import type { Log } from '../log.ts';

/** What the HTTP side needs of the rest. */
export interface HttpParts {
  /** Folder of the built browser programs. */
  distFolder: string;
  /** Resolves when the database answers and the server is not about to stop. */
  checkHealth(): Promise<void>;
  ownOrigin(): string;
  viewerOrigin(): string | null;
  /** The viewer has a host of its own, and each host serves only its own. */
  isViewerHostSeparate: boolean;
  trustedProxies: number;
  addressLimits: AddressLimits;
  directory: SiteDirectory;
  visitorDoor: VisitorDoor;
  visitorGate: RequestGate<VisitorCaller>;
  agentGate: RequestGate<AgentCaller>;
  signIn: SignIn;
  files: Files;
  recordings: Pick<Recordings, 'read'>;
  clock: Clock;
  log: Log;
}
