import { useState } from 'preact/hooks';
import type { Refusal } from '../../shared/errors.ts';
import type { ChatFile } from '../../shared/model/chat-file.ts';
import { useConsole } from '../console-context.ts';

/** Saves a file under its own name. */
export function useDownload(file: ChatFile): {
  download: () => void;
  busy: boolean;
  refusal: Refusal | null;
} {
  const { desk } = useConsole();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return {
    busy,
    refusal,
    download() {
      if (busy) return;
      setBusy(true);
      setRefusal(null);
      void desk.files.open(file.id).then((opened) => {
        setBusy(false);
        if (!opened.ok) return setRefusal(opened);
        const link = document.createElement('a');
        link.href = opened.url;
        link.download = file.name;
        link.click();
      });
    },
  };
}
