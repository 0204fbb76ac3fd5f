/** Types of Socket.IO's packets, protocol 5. */
export const connect = 0;
export const disconnect = 1;
export const event = 2;
export const ack = 3;
export const connectError = 4;
