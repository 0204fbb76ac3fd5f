export const recorded = 'Recorded';
export const stopRecording = 'Stop recording';
export const failed = 'Still recorded: that did not work. Try again.';
