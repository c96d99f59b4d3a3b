import { formatShellWords } from '../../core/build/shellCommand.js';
import { actionCommands } from '../../core/insight/xray/actionCommands.js';
import type { XrayDocument } from '../../core/insight/xray/xrayDocument.js';
import type { XrayCalls } from '../../protocol/xray.js';
import { heldText, playHost } from '../playHost.js';

const { view, compilers, processes, platform } = JSON.parse(heldText('document')) as XrayDocument;

/** All is in the page; there is no other build to compare with. */
playHost<XrayCalls>((request) => {
  switch (request.call) {
    case 'load':
      return view;
    case 'compilers':
      return compilers;
    case 'processes':
      return processes;
    case 'commands':
      return actionCommands(processes, request.ask, platform);
    case 'copy':
      return navigator.clipboard.writeText(
        typeof request.ask === 'string' ? request.ask : formatShellWords(request.ask, platform),
      );
    case 'compare':
      return undefined;
  }
});
