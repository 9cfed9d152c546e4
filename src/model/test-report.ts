/** The start of each JUnit report of `kplugin test`; `pack` recognizes the reports by it, whatever their name. */
export const TEST_REPORT_START =
  '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kplugin test"';
