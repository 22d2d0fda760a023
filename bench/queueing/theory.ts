export interface System {
  readonly servers: number;
  /** Offered work over servers. */
  readonly load: number;
  readonly urgentShare: number;
}

/** Erlang C: the share of arrivals that must wait, from Erlang B by its recursion (Erlang 1917). */
export const waitingShare = (servers: number, load: number): number => {
  const offered = servers * load;
  let blocked = 1;
  for (let n = 1; n <= servers; n += 1) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked / (1 - load * (1 - blocked));
};

/**
 * Mean waits in mean handling times, of M/M/c and of its two classes served by non-preemptive priority
 * (Cobham, Priority Assignment in Waiting Line Problems, 1954).
 */
export const waitingTheory = ({ servers, load, urgentShare }: System) => {
  const residual = waitingShare(servers, load) / servers;
  const urgentLoad = load * urgentShare;
  return {
    all: residual / (1 - load),
    urgent: residual / (1 - urgentLoad),
    normal: residual / ((1 - urgentLoad) * (1 - load)),
  };
};
