namespace HelpdeskSync.Domain; internal static class Placeholder;
