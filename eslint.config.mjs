import { defineConfig, globalIgnores } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { roomGlobals } from './lint/roomGlobals.mjs';
import { roomImports } from './lint/roomImports.mjs';

const typescriptFiles = ['**/*.ts', '**/*.mts'];

export default defineConfig(
  globalIgnores(['dist/', 'out-test/', '.cache/', '.demo/', '**/node_modules/']),
  {
    name: 'everything',
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { 'import-x': importX, house: { rules: { roomImports, roomGlobals } } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-var': 'error',
      'prefer-const': 'error',
      'import-x/no-duplicates': ['error', { 'prefer-inline': false }],
    },
  },
  {
    name: 'TypeScript',
    files: typescriptFiles,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.mts', '.mjs', '.js'] }),
      ],
    },
    rules: {
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { disallowTypeAnnotations: false, fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // An abort reason is `unknown` and has to be passed on as it is.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // An async method may owe its promise to the interface it implements.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    name: 'what ships',
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    rules: {
      'no-console': 'error',
      'house/roomImports': 'error',
      'house/roomGlobals': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
    },
  },
);
