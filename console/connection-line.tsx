import { WifiOff } from 'lucide';
import { useConsole } from './console-context.ts';
import { Icon } from './ui/icon.tsx';
import './connection-line.css';

/** Stands at the top while the line to the server is down. */
export function ConnectionLine() {
  const { connection } = useConsole();
  const offline = connection.link.value === 'offline';
  return (
    <div role="status">
      {offline ? (
        <div class="connection-line">
          <Icon node={WifiOff} />
          <span>Reconnecting… what you write is kept.</span>
          <button type="button" class="connection-line-retry" onClick={connection.retry}>
            Try now
          </button>
        </div>
      ) : null}
    </div>
  );
}
