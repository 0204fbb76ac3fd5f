import { CloudOff } from 'lucide';
import { Notice } from './ui/notice.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import './starting.css';

/** Before it is known whether somebody is signed in: the frame of the console, without content. */
export function Starting({ unreachable }: { unreachable: boolean }) {
  if (unreachable) {
    return (
      <main class="starting-unreachable">
        <Notice page icon={CloudOff} title="The server does not answer">
          Trying again every few seconds. What was written before is kept and will be sent.
        </Notice>
      </main>
    );
  }
  return (
    <main class="starting" aria-busy="true" aria-label="Loading the console">
      <div class="starting-rail">
        <Skeleton width="28px" height="28px" />
        <Skeleton width="28px" height="28px" />
        <Skeleton width="28px" height="28px" />
      </div>
      <div class="starting-list">
        {['70%', '82%', '64%', '76%', '58%'].map((width) => (
          <div key={width} class="starting-row">
            <Skeleton width="48%" />
            <Skeleton width={width} />
          </div>
        ))}
      </div>
    </main>
  );
}
