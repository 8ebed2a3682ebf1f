/** The only tenant while multi-tenancy is off. */
export const DEFAULT_TENANT = '<default>';

/** What belongs to a tenant; without one it belongs to the default tenant. */
export interface Owned {
  tenantId?: string;
}

export const tenantOf = ({ tenantId = DEFAULT_TENANT }: Owned): string => tenantId;

/** What a row keeps of its tenant: nothing of the default one. */
export const ownedBy = (tenantId: string | undefined): Owned => (tenantId === undefined || tenantId === DEFAULT_TENANT ? {} : { tenantId });

/** Tells an id that an author has chosen apart from the same id of other tenants; that of the default tenant stands for itself. No tenant's id holds a tab. */
export const idIn = (tenantId: string | undefined, id: string): string => (tenantId === undefined || tenantId === DEFAULT_TENANT ? id : `${tenantId}\t${id}`);
