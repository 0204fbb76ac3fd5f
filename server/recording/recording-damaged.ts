/** A recording's file is not what was written, or another key is set than when it was. */
export class RecordingDamaged extends Error {
  override name = 'RecordingDamaged';
}
