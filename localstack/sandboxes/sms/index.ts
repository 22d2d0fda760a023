export { type Accounts, type Api, type Faults, type FaultsInput, SANDBOX_ACCOUNTS } from './faults.ts';
export { type RunningCentre, type StartOptions, startSmsCentre } from './sms-centre.ts';
