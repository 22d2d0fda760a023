export { type Api, SANDBOX_ACCOUNTS } from './faults.ts';
export { type RunningCentre, startSmsCentre } from './sms-centre.ts';
