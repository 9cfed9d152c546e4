import { countText } from '../cli/output/findings-text.ts';
import { entryAt } from '../lint/subject/entries.ts';
import { executablePath } from '../lint/subject/manifest.ts';
import { countFindings } from '../model/finding.ts';
import { SDK_PACKAGE } from '../model/plugin/node-package.ts';
import { fileWord } from '../model/shell-word.ts';
import type { PluginProject } from './facts/plugin-project.ts';
import { sdkFor, sdkTrouble } from './facts/python-here.ts';
import { type Check, remark } from './host/doctor-check.ts';

const GO_SDK = 'github.com/lf-edge/ekuiper/sdk/go';

/**
 * The SDK of eKuiper 2.4.0. It has no version tags, so it is identified by the date of its pseudo-version
 * (docs/ekuiper.md#go-sdk).
 */
const NEWEST_GO_SDK = 'v0.0.0-20260519071446-36c985bfcb36';

interface GoSdkDefect {
  /** The date of the first SDK with the defect. */
  readonly from: string;
  /** The date of the first SDK without it. */
  readonly day: string;
  readonly trouble: string;
}

/** Source: docs/ekuiper.md#go-sdk. */
const GO_SDK_DEFECTS: readonly GoSdkDefect[] = [
  { from: '', day: '20260105', trouble: 'functions stop answering after some idle time (#3965)' },
  {
    from: '20240430',
    day: '20250808',
    trouble: 'sinks stop with "ack error: send time out" (#3815, #3820)',
  },
];

/** The findings of `validate`. */
export const findings: Check<PluginProject> = {
  id: 'project-findings',
  asks: 'the findings of validate',
  async look({ examination, label, target }) {
    const { subject, findings: found } = examination;
    const counts = countFindings(found);
    const level = counts.error > 0 ? 'error' : counts.warning > 0 ? 'warning' : 'ok';
    const text = `plugin ${subject.name ?? '?'} ${subject.decoded?.version ?? ''}`.trimEnd();
    const place = placeOf(label);
    const hint = found.length === 0 ? null : `kplugin validate${place} --target ${target}`;
    return [
      remark('project-findings', level, `${text}: ${countText(found)} for eKuiper ${target}`, hint),
    ];
  },
};

/** Whether the executable exists, or which command builds it. */
export const executable: Check<PluginProject> = {
  id: 'project-executable',
  asks: 'its program',
  async look({ examination: { subject }, build, label }) {
    const file = executablePath(subject);
    if (file === null) return [];
    if (entryAt(subject.view, file) !== null) {
      return [remark('project-executable', 'ok', `its program ${file} is there`)];
    }
    const place = placeOf(label);
    if (build === null) {
      return [
        remark(
          'project-executable',
          'error',
          `its program ${file} is not there`,
          `kplugin validate${place}`,
        ),
      ];
    }
    const text = `its program ${file} is not built yet; kplugin pack and install do that: ${build}`;
    return [remark('project-executable', 'ok', text)];
  },
};

/** Compares the SDK in requirements.txt with the target eKuiper. */
export const pythonSdk: Check<PluginProject> = {
  id: 'project-python-sdk',
  asks: 'its Python SDK',
  async look({ language, requirements, target, isQuiet }) {
    if (language !== 'python') return [];
    const line = /^[ \t]*ekuiper\b([^#\n]*)/im.exec(requirements ?? '');
    const write = `write ${sdkFor(target)} into requirements.txt`;
    if (line === null) {
      const text =
        'no requirements.txt names its SDK (ekuiper): nobody can tell which one it was made for';
      return [remark('project-python-sdk', 'warning', text, write)];
    }
    const asked = (line[1] ?? '').trim();
    const pinned = /^==\s*([\w.]+)$/.exec(asked)?.[1];
    if (pinned === undefined) {
      const text = `requirements.txt asks for ekuiper ${asked || 'of any release'}: it is another one tomorrow`;
      const bounded = /</.test(asked);
      return [
        remark(
          'project-python-sdk',
          bounded ? 'ok' : 'warning',
          bounded ? `requirements.txt asks for ekuiper ${asked}` : text,
          bounded ? null : write,
        ),
      ];
    }
    const trouble = isQuiet ? null : sdkTrouble(pinned, target);
    const text = `requirements.txt asks for ekuiper ${pinned}`;
    if (trouble === null) return [remark('project-python-sdk', 'ok', text)];
    return [remark('project-python-sdk', 'warning', `${text}: ${trouble}`, write)];
  },
};

/** The Go SDK in go.mod: an upgrade of eKuiper alone does not fix a plugin that was built with an old SDK. */
export const goSdk: Check<PluginProject> = {
  id: 'project-go-sdk',
  asks: 'its Go SDK',
  async look({ language, goMod }) {
    if (language !== 'go' || goMod === null) return [];
    const version = new RegExp(`^[ \\t]*(?:require[ \\t]+)?${GO_SDK}[ \\t]+(\\S+)`, 'm').exec(
      goMod,
    )?.[1];
    if (version === undefined) {
      return [
        remark(
          'project-go-sdk',
          'ok',
          `go.mod does not name ${GO_SDK}: it speaks the protocol without the SDK`,
        ),
      ];
    }
    if (new RegExp(`^[ \\t]*(?:replace[ \\t]+)?${GO_SDK}[ \\t].*=>`, 'm').test(goMod)) {
      return [remark('project-go-sdk', 'ok', 'go.mod replaces the SDK; its version is not known')];
    }
    const day = /-(\d{8})\d{6}-[0-9a-f]{12}$/.exec(version)?.[1] ?? '99999999';
    const troubles = GO_SDK_DEFECTS.filter((one) => day >= one.from && day < one.day).map(
      ({ trouble }) => trouble,
    );
    if (troubles.length === 0) return [remark('project-go-sdk', 'ok', `Go SDK ${version}`)];
    const text = `Go SDK ${version} is old: ${troubles.join('; ')}`;
    return [
      remark('project-go-sdk', 'warning', text, `go get ${GO_SDK}@${NEWEST_GO_SDK} && go mod tidy`),
    ];
  },
};

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

/** The directory as the last word of a command; nothing for the current one. */
function placeOf(label: string): string {
  return label === '.' ? '' : ` ${fileWord(label)}`;
}
