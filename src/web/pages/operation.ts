import type { Alarm } from '../../engine/alarms.js';
import { viewerOf, type Exchange, type Handler } from '../context.js';

const alarmsOf = (x: Exchange): Promise<Alarm[]> => x.services.engine.alarms(viewerOf(x).actors);

/** 运行情况: what will not go on by itself. */
export const operationPage: Handler = async (x) => {
  const alarms = await alarmsOf(x);
  await x.pages.render(x, 'operation', { nav: 'operation', alarms: alarms.map((one) => ({ ...one, kindKey: `operation.kinds.${one.kind}` })) });
};

export const apiAlarms: Handler = async (x) => void x.res.json({ alarms: await alarmsOf(x) });
