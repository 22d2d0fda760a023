import type { actedAlone, proposed } from '../../platform/approvals/events.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import type { RoleNotice } from './notify-role.ts';

/** For the other admins: something waits for one of them. */
export const proposalNotice = ({ id, data }: EventOf<typeof proposed>): RoleNotice => {
  const { role: _role, ...said } = data;
  return { role: 'admin', template: 'approval-waits', eventId: id, data: said, butId: said.byId };
};

/** For every manager: what two persons do was done by one. */
export const actingAloneNotice = ({ id, data }: EventOf<typeof actedAlone>): RoleNotice => {
  const { role: _role, ...said } = data;
  return { role: 'manager', template: 'acted-alone', eventId: id, data: said, butId: said.byId };
};
