/** How each JUnit report of `kplugin test` begins: `pack` knows them by it, whatever their name is. */
export const TEST_REPORT_START =
  '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kplugin test"';
