import type { Validator } from '../model/schema/validator.ts';
import type { HostsDocument } from './named-host.ts';

export const validateHosts: Validator<HostsDocument>;
