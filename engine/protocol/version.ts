/** Version of Zeebe whose behavior, protocol and record format this engine has. */
export const BROKER_VERSION = '8.5.8';
