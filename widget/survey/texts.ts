export const scores = ['Very unsatisfied', 'Unsatisfied', 'Neither', 'Satisfied', 'Very satisfied'];
export const comment = 'Anything to add? (optional)';
export const sendAnswer = 'Send answer';
export const dismiss = 'Do not answer';
