import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';

import { serve } from './connection';

// An editor that ended without a word takes its server along.
process.once('disconnect', () => process.exit(1));
serve(createConnection(ProposedFeatures.all));
