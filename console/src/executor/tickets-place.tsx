import { Trans } from '@lingui/react/macro';
import { Empty } from '../parts/states.tsx';

export default function TicketsPlace() {
  return <Empty title={<Trans>Nothing to answer</Trans>} />;
}
