import { record } from '@rrweb/record';
import { strFromU8, strToU8, zlibSync } from 'fflate';

/**
 * The yardstick in the page: rrweb's recorder as its guide starts it. `packs`: each event packed by itself, as
 * `@rrweb/packer` does it. Built into one script for the page, see `visit.ts`.
 */
const start = (packs: boolean) => {
  const found = { bytes: 0 };
  Object.assign(window, { benchRrweb: found });
  record({
    emit(event) {
      if (packs) {
        const packed = zlibSync(strToU8(JSON.stringify({ ...event, v: 'v1' })));
        found.bytes += strFromU8(packed, true).length;
      }
    },
  });
};

Object.assign(window, { benchStartRrweb: start });
