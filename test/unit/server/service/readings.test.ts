import { readReadings } from '../../../support/recordedProjects';
import { assertFormatted, assertRead } from '../../../support/sameAsPython';

describe('what Python was seen to read', () => {
  const { formats, texts } = readReadings();

  it('is what the server makes of 400 commands at random', () => {
    for (const { command, answer } of formats) assertFormatted(command, answer);
  });

  it('is what the server reads in 600 texts at random', () => {
    for (const { text, answer } of texts) assertRead(text, answer);
  });
});
