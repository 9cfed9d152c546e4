/** The versions of the plugin: three that live, three that no host can run. */
export const FIRST = '1.0.0';
export const SECOND = '1.1.0';
export const THIRD = '1.2.0';
export const DIES = '1.3.0';
export const HANGS = '1.4.0';
export const REFUSED = '1.5.0';
export const LIVING = [FIRST, SECOND, THIRD] as const;
