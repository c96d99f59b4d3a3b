import type { Ports } from '../../ports.js';
import type { Catalogue } from '../../target/catalogue.js';
import { createCatalogue } from '../../target/createCatalogue.js';
import { parseTarget } from '../../target/parseTarget.js';
import { type Target, targetId } from '../../target/target.js';
import type { Diagnosis, Fix } from '../diagnosis.js';
import type { Finding } from '../finding.js';
import { findPlace } from './findPlace.js';
import { fixesByCause } from './fixes/fixesByCause.js';
import { createFixScene } from './fixes/fixScene.js';
import { createInquiry, type Inquiry, type ResolveContext } from './inquiry.js';
import { lookAround } from './lookAround.js';
import { lookAtPackage } from './lookAtPackage.js';

/**
 * Makes diagnoses of findings: looks around where the log alone can't decide, finds the place a person would look at,
 * and offers fixes. The order stays: the root cause first. Never fails because something isn't there: a log from
 * elsewhere yields what the log itself says.
 */
export async function resolveFindings(
  findings: readonly Finding[],
  context: ResolveContext,
  ports: Ports,
): Promise<readonly Diagnosis[]> {
  const inquiry = createInquiry(context, ports);
  const resolved = await Promise.all(findings.map((finding) => resolveFinding(inquiry, finding)));
  return withoutRepeats(resolved.filter((item) => item !== undefined));
}

async function resolveFinding(inquiry: Inquiry, logged: Finding): Promise<Diagnosis | undefined> {
  const target = targetOf(inquiry, logged);
  const seen = await lookAround(inquiry, logged, target);
  if (seen === undefined) return undefined;
  const finding = await lookAtPackage(inquiry, seen, target);
  const location = await findPlace(inquiry, finding, target);
  const fixes = await fixesByCause[finding.cause](createFixScene(inquiry, finding, target));
  const targetName = target === undefined ? finding.target : targetId(target);
  return {
    cause: finding.cause,
    confidence: finding.confidence,
    title: finding.title,
    ...(targetName === undefined ? {} : { target: targetName }),
    ...(finding.package === undefined ? {} : { package: finding.package }),
    ...(location === undefined ? {} : { location }),
    evidence: finding.evidence,
    fixes: distinct(fixes),
  };
}

let builtIn: Catalogue | undefined;

/** The target that was built for; where the log shows another port (several targets in one log), that one. */
function targetOf({ context }: Inquiry, finding: Finding): Target | undefined {
  const { target } = context;
  const shown = finding.target;
  if (shown === undefined || shown === (target && `${target.goos}/${target.goarch}`)) return target;
  const parsed = parseTarget(shown, context.catalogue ?? (builtIn ??= createCatalogue()));
  return parsed.ok ? parsed.target : target;
}

/** The same fix once, and none that changes nothing. */
function distinct(fixes: readonly Fix[]): readonly Fix[] {
  const seen = new Set<string>();
  return fixes.filter((fix) => {
    if (fix.edit.kind === 'config' && fix.edit.changes.length === 0) return false;
    const key = JSON.stringify(fix.edit);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Looking around may bring two findings to the same answer. */
function withoutRepeats(diagnoses: readonly Diagnosis[]): readonly Diagnosis[] {
  const seen = new Set<string>();
  return diagnoses.filter(({ cause, title, location }) => {
    const key = JSON.stringify([cause, title, location]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
