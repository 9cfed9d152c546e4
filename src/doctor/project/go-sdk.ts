import type { PluginProject } from '../facts/plugin-project.ts';
import { type Check, remark } from '../host/check.ts';

const MODULE = 'github.com/lf-edge/ekuiper/sdk/go';
/**
 * The SDK of eKuiper 2.4.0. It has no version tags, so it is identified by the date of its pseudo-version
 * (docs/ekuiper.md#go-sdk).
 */
const NEWEST = 'v0.0.0-20260519071446-36c985bfcb36';

interface Fixed {
  /** The date of the first SDK with the defect. */
  readonly from: string;
  /** The date of the first SDK without it. */
  readonly day: string;
  readonly trouble: string;
}

/** Source: docs/ekuiper.md#go-sdk. */
const FIXED: readonly Fixed[] = [
  { from: '', day: '20260105', trouble: 'functions stop answering after some idle time (#3965)' },
  {
    from: '20240430',
    day: '20250808',
    trouble: 'sinks stop with "ack error: send time out" (#3815, #3820)',
  },
];

/** The Go SDK in go.mod: an upgrade of eKuiper alone does not fix a plugin that was built with an old SDK. */
export const goSdk: Check<PluginProject> = {
  id: 'project-go-sdk',
  asks: 'its Go SDK',
  async look({ language, goMod }) {
    if (language !== 'go' || goMod === null) return [];
    const version = new RegExp(`^[ \\t]*(?:require[ \\t]+)?${MODULE}[ \\t]+(\\S+)`, 'm').exec(
      goMod,
    )?.[1];
    if (version === undefined) {
      return [
        remark(
          'project-go-sdk',
          'ok',
          `go.mod does not name ${MODULE}: it speaks the protocol without the SDK`,
        ),
      ];
    }
    if (new RegExp(`^[ \\t]*(?:replace[ \\t]+)?${MODULE}[ \\t].*=>`, 'm').test(goMod)) {
      return [remark('project-go-sdk', 'ok', 'go.mod replaces the SDK; its version is not known')];
    }
    const day = /-(\d{8})\d{6}-[0-9a-f]{12}$/.exec(version)?.[1] ?? '99999999';
    const troubles = FIXED.filter((one) => day >= one.from && day < one.day).map(
      ({ trouble }) => trouble,
    );
    if (troubles.length === 0) return [remark('project-go-sdk', 'ok', `Go SDK ${version}`)];
    const text = `Go SDK ${version} is old: ${troubles.join('; ')}`;
    return [remark('project-go-sdk', 'warning', text, `go get ${MODULE}@${NEWEST} && go mod tidy`)];
  },
};
