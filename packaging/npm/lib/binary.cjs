// Finds the sandbox's binary. The binary for each platform is in a separate optional dependency.

'use strict';

const { optionalDependencies = {}, version } = require('../package.json');

const SCOPE = '@mileston-sandbox/';
const BUILD = 'cargo install --git https://github.com/mileston-rs/mileston-rs mileston-sandbox';

/** Returns whether this system has glibc, which the Linux binaries need. Alpine has musl instead. */
const hasGlibc = () => process.report.getReport().header.glibcVersionRuntime !== undefined;

/**
 * Returns the path of the binary for this machine, or the value of MILESTON_SANDBOX_BINARY if it is set.
 *
 * @throws {Error} If there is no binary for this machine. The message says what to do.
 */
exports.findBinary = () => {
  const own = process.env.MILESTON_SANDBOX_BINARY;
  if (own) return own;
  const platform = `${process.platform}-${process.arch}`;
  const name = SCOPE + platform;
  const build = `Build the sandbox with Rust (\`${BUILD}\`) and set MILESTON_SANDBOX_BINARY to the path of the program.`;
  if (!(name in optionalDependencies)) {
    const known = Object.keys(optionalDependencies).map((each) => each.slice(SCOPE.length));
    throw new Error(`there is no binary for ${platform}, only for ${known.join(', ')}. ${build}`);
  }
  if (process.platform === 'linux' && !hasGlibc()) {
    throw new Error(`the binary for ${platform} needs glibc, which this Linux doesn't have (Alpine has musl). ${build}`);
  }
  const extension = process.platform === 'win32' ? '.exe' : '';
  try {
    return require.resolve(`${name}/bin/mileston-sandbox${extension}`);
  } catch {
    throw new Error(
      `the package ${name}, which contains the binary for this machine, isn't installed. npm doesn't install it with ` +
        '`--omit=optional` or `--no-optional`. It can also be missing if node_modules was copied from a different kind ' +
        'of machine, or if package-lock.json was written without the package. Install it: ' +
        `npm install --save-dev ${name}@${version} (or its .tgz file)`,
    );
  }
};
