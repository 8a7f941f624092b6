import './page.css';

import type { ComparePage } from '../../src/protocol/comparePage';
import { defineElements } from '../kit/elements';
import { connectPage } from '../kit/link';

defineElements();
const link = connectPage<ComparePage>();
void link.call('init', undefined);
