import { SDK_PACKAGE } from '../../model/plugin/node-package.ts';
import type { PluginProject } from '../facts/plugin-project.ts';
import { type Check, remark } from '../host/check.ts';

/** The TypeScript SDK in package.json, which is part of kplugin. */
export const nodeSdk: Check<PluginProject> = {
  id: 'project-node-sdk',
  asks: 'its TypeScript SDK',
  async look({ language, nodePackage }) {
    if (language !== 'typescript' || nodePackage === null) return [];
    const asked = new RegExp(`"${SDK_PACKAGE}"\\s{0,99}:\\s{0,99}"([^"]{0,999})"`).exec(
      nodePackage,
    )?.[1];
    if (asked === undefined) {
      return [
        remark(
          'project-node-sdk',
          'ok',
          `package.json does not name ${SDK_PACKAGE}: it speaks the protocol without the SDK`,
        ),
      ];
    }
    if (/^(file|link):/.test(asked)) {
      const text = `package.json takes ${SDK_PACKAGE}, the SDK, from a folder (${asked}): other machines do not have it`;
      // npm has no release yet, so package.json refers to a checkout.
      const write = `write a release, such as "^0.1.0", there once npm has ${SDK_PACKAGE}`;
      return [remark('project-node-sdk', 'warning', text, write)];
    }
    return [
      remark('project-node-sdk', 'ok', `package.json asks for ${SDK_PACKAGE} ${asked}, the SDK`),
    ];
  },
};
