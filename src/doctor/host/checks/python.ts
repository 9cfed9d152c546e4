import { type Check, listed, remark } from '../check.ts';
import type { HostFacts } from '../host-facts.ts';

/**
 * Whether the host has a Python, from the Python plugins on it: no request returns it
 * (docs/ekuiper.md#python-on-the-host).
 */
export const python: Check<HostFacts> = {
  id: 'host-python',
  asks: 'whether it has Python',
  async look(facts) {
    const plugins = (await facts.plugins()).filter(({ plugin }) => plugin.language === 'python');
    const running = plugins.filter(({ health }) => health.state === 'running');
    if (running.length > 0) {
      const names = listed(running.map(({ plugin }) => plugin.name));
      return [
        remark(
          'host-python',
          'ok',
          `it has Python with the SDK: ${names} ${running.length === 1 ? 'runs' : 'run'} on it`,
        ),
      ];
    }
    if (plugins.some(({ health }) => /executable file not found/.test(health.error))) {
      const hint =
        'run the image lfedge/ekuiper:<version>-slim-python, or set portable.pythonBin in etc/kuiper.yaml';
      return [remark('host-python', 'error', 'it finds no Python to start plugins with', hint)];
    }
    const text =
      'whether it has Python is not known: no Python plugin runs on it (of the images, only -slim-python has Python and the SDK)';
    return [remark('host-python', 'skipped', text)];
  },
};
