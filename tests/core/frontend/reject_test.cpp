int placeholder_reject;
